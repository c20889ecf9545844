import { bareCss } from "./bare-css";
import { paymentCss } from "./payment-css";

/** Class names follow Stripe's Appearance API, so the rules of a caller apply as they are. */
const baseCss = `
*, *::before, *::after { box-sizing: border-box; }
html, body { margin: 0; background: transparent; }
body { padding: 4px; overflow: hidden; font-family: var(--fontFamily); font-size: var(--fontSizeBase);
  font-weight: var(--fontWeightNormal); line-height: var(--fontLineHeight); color: var(--colorText); }
.Form { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr));
  gap: var(--gridRowSpacing) var(--gridColumnSpacing); }
.Field { min-width: 0; }
.Field--wide { grid-column: 1 / -1; }
.Label { display: block; margin-bottom: var(--labelSpacing); color: var(--labelColorText);
  font-size: var(--labelFontSize); font-weight: var(--labelFontWeight); line-height: 1.3; }
.InputBox { position: relative; }
.Input { display: block; width: 100%; margin: 0; padding: calc(var(--spacingUnit) * 2.5) calc(var(--spacingUnit) * 3);
  font: inherit; line-height: 1.4; color: var(--colorText); background-color: var(--colorBackground);
  border: 1px solid var(--inputColorBorder); border-radius: var(--borderRadius); box-shadow: var(--inputBoxShadow);
  font-variant-numeric: tabular-nums; transition: border-color 120ms ease-out, box-shadow 120ms ease-out; }
.Input::placeholder { color: var(--colorTextPlaceholder); opacity: 1; }
.Input:focus { outline: 2px solid transparent; border-color: var(--inputFocusColorBorder);
  box-shadow: var(--inputFocusBoxShadow); }
.Input--invalid, .Input--invalid:focus { color: var(--colorDanger); border-color: var(--colorDanger); }
.Input--invalid:focus { box-shadow: 0 0 0 3px color-mix(in srgb, var(--colorDanger) 25%, transparent); }
.Input:disabled { opacity: 0.6; }
.Input:-webkit-autofill { -webkit-text-fill-color: var(--colorText);
  box-shadow: 0 0 0 100px var(--colorBackground) inset; }
.Input--select { appearance: none; padding-right: calc(var(--spacingUnit) * 9); text-overflow: ellipsis; }
.Input--adorned { padding-right: 54px; }
.Adornment { position: absolute; top: 0; bottom: 0; right: calc(var(--spacingUnit) * 3); display: flex;
  align-items: center; pointer-events: none; color: var(--colorTextSecondary); }
.CardBrandIcon { display: flex; }
.Error { margin: calc(var(--spacingUnit)) 0 0; color: var(--colorDanger); font-size: var(--fontSizeSm);
  line-height: 1.4; }
.Error:empty { display: none; }
.TermsText { grid-column: 1 / -1; margin: 0; color: var(--colorTextSecondary); font-size: var(--fontSizeSm); }
.Form--dark { color-scheme: dark; }
.Form--still .Input { transition: none; }
@media (prefers-reduced-motion: reduce) { .Input { transition: none; } }
.Form--floating .Field { position: relative; }
.Form--floating .Label { position: absolute; z-index: 1; top: calc(var(--spacingUnit) * 1.5); margin: 0;
  left: calc(var(--spacingUnit) * 3 + 1px); pointer-events: none; font-size: 0.8em; font-weight: var(--fontWeightNormal);
  color: var(--colorTextSecondary); transition: font-size 120ms ease-out, top 120ms ease-out; }
.Form--floating .Input { padding-top: calc(var(--spacingUnit) * 5.5); padding-bottom: calc(var(--spacingUnit) * 1.5); }
.Form--floating .Input:not(:focus)::placeholder { opacity: 0; }
.Form--floating .Field:has(.Input:placeholder-shown:not(:focus)) .Label { top: calc(var(--spacingUnit) * 4);
  font-size: 1em; }
@media (max-width: 260px) { .Form { grid-template-columns: minmax(0, 1fr); } }
`;

export const frameCss = baseCss + bareCss + paymentCss;
