export const challengeCss = `
*, *::before, *::after { box-sizing: border-box; }
html { height: 100%; }
body { margin: 0; min-height: 100%; display: grid; place-items: center; font-family: var(--fontFamily);
  font-size: var(--fontSizeBase); line-height: 1.5; color: var(--colorText); background: var(--colorBackground); }
.Challenge { width: 100%; max-width: 440px; padding: 24px; }
.Challenge-bank { display: flex; align-items: center; gap: 8px; margin: 0 44px 16px 0; font-size: 13px;
  color: var(--colorTextSecondary); }
.Challenge-bank svg { flex: none; color: var(--colorPrimary); }
h1 { margin: 0 0 4px; font-size: 20px; font-weight: 600; line-height: 1.25; letter-spacing: -0.01em; }
p { margin: 0; }
dl { margin: 20px 0; padding: 4px 16px; border-radius: var(--borderRadius);
  border: 1px solid color-mix(in srgb, var(--colorText) 18%, var(--colorBackground)); }
dl > div { display: flex; justify-content: space-between; gap: 16px; padding: 8px 0; }
dl > div + div { border-top: 1px solid color-mix(in srgb, var(--colorText) 12%, var(--colorBackground)); }
dt { color: var(--colorTextSecondary); }
dd { margin: 0; text-align: right; font-weight: 500; font-variant-numeric: tabular-nums; }
button { display: block; width: 100%; min-height: 44px; padding: 8px 16px; font: inherit; font-weight: 500;
  border-radius: var(--borderRadius); border: 1px solid transparent; cursor: pointer; }
button + button { margin-top: 8px; }
.Challenge-complete { color: #ffffff; background: var(--colorPrimary); }
.Challenge--paleButton .Challenge-complete { color: #10131a; }
.Challenge-fail { color: var(--colorText); background: transparent;
  border-color: color-mix(in srgb, var(--colorText) 45%, var(--colorBackground)); }
button:focus-visible { outline: 2px solid var(--colorPrimary); outline-offset: 2px; }
button:disabled { opacity: 0.6; cursor: progress; }
.Error { margin-top: 12px; color: var(--colorDanger); font-size: 14px; }
.Error:empty, .Challenge-done:empty { display: none; }
.Challenge-done { margin-top: 12px; font-size: 14px; }
.Challenge-note { margin-top: 16px; font-size: 12px; color: var(--colorTextSecondary); }
`;
