/** The saved cards and the box that keeps a new one; names follow Stripe's Appearance API where it has them. */
export const paymentCss = `
[hidden] { display: none !important; }
.Hidden { position: absolute; top: 0; left: 0; width: 1px; height: 1px; margin: -1px; padding: 0; overflow: hidden;
  clip-path: inset(50%); white-space: nowrap; border: 0; }
.PaymentForm { display: grid; grid-template-columns: minmax(0, 1fr); gap: var(--gridRowSpacing); }
.SavedMethods { display: grid; grid-template-columns: minmax(0, 1fr); gap: var(--accordionItemSpacing); min-width: 0; margin: 0; padding: 0; border: 0; }
.AccordionItem { display: flex; align-items: center; gap: 0 calc(var(--spacingUnit) * 2);
  padding: 0 calc(var(--spacingUnit) * 3); color: var(--colorText); background: var(--colorBackground);
  border: 1px solid var(--inputColorBorder); border-radius: var(--borderRadius); }
.AccordionItem--selected { border-color: var(--colorPrimary); box-shadow: inset 0 0 0 1px var(--colorPrimary); }
.AccordionItem:has(.SavedMethod-removal--asked) { flex-wrap: wrap; }
.SavedMethod { display: flex; flex: 1 1 0; align-items: center; gap: calc(var(--spacingUnit) * 2.5); min-width: 0;
  min-height: 46px; cursor: pointer; }
.SavedMethod-removal--asked { flex-basis: 100%; padding-bottom: calc(var(--spacingUnit) * 2); }
.SavedMethod:has(+ .SavedMethod-removal--asked) { flex-basis: 100%; }
.SavedMethod-name { display: flex; flex: 1; flex-wrap: wrap; align-items: baseline; justify-content: space-between;
  gap: 0 12px; min-width: 0; padding: 4px 0; }
.RadioIcon, .CheckboxInput { flex: none; width: 18px; height: 18px; margin: 0; accent-color: var(--colorPrimary);
  cursor: pointer; }
.RadioIcon:focus-visible, .CheckboxInput:focus-visible, .SavedMethod-button:focus-visible {
  outline: 2px solid var(--colorPrimary); outline-offset: 2px; }
.AccordionItemLabel { font-weight: var(--fontWeightMedium); font-variant-numeric: tabular-nums; }
.SavedMethod-digits { white-space: nowrap; }
.SavedMethod-expiry { color: var(--colorTextSecondary); font-size: var(--fontSizeSm);
  font-variant-numeric: tabular-nums; }
.SavedMethod-button { min-height: 32px; padding: 4px 8px; margin-right: -8px; font: inherit;
  font-size: var(--fontSizeSm); color: var(--colorTextSecondary); background: transparent; border: 0;
  border-radius: var(--borderRadius); text-decoration: underline; text-underline-offset: 2px; cursor: pointer; }
.SavedMethod-button--danger { color: var(--colorDanger); margin: 0 0 0 -8px; }
.SavedMethod-button:disabled { opacity: 0.6; cursor: progress; }
.SavedMethod-question { display: flex; flex-wrap: wrap; align-items: center; gap: 0 calc(var(--spacingUnit) * 4); }
.SavedMethod-words { flex-basis: 100%; margin: 0; font-size: var(--fontSizeSm); color: var(--colorTextSecondary); }
.Checkbox { grid-column: 1 / -1; display: flex; align-items: center; gap: calc(var(--spacingUnit) * 2.5);
  min-height: 24px; cursor: pointer; }
.CheckboxLabel { color: var(--colorText); font-size: var(--fontSizeSm); line-height: 1.4; }
`;
