/** The shell of a page that a customer sees; its script draws the rest from the state it fetches. */
export function hostedPage({
  title,
  script,
  body = "",
}: {
  title: string;
  script?: string;
  body?: string;
}): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)}</title>
<link rel="stylesheet" href="/_sandbox/hosted.css">
${script ? scripts(script) : ""}</head>
<body>${body || "<noscript>This page needs JavaScript.</noscript>"}</body>
</html>
`;
}

/** No inline code, nobody's frame; the card form and the challenge are frames of the same origin. */
export const hostedSecurity = {
  "Content-Type": "text/html; charset=utf-8",
  "Content-Security-Policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
  "Cache-Control": "no-store",
};

function scripts(name: string): string {
  return `<script defer src="/stripe.js"></script>\n<script defer src="/_sandbox/client/${name}.js"></script>\n`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}

export const hostedCss = `
:root { --text: #1d2433; --soft: #57606f; --back: #f6f7f9; --panel: #ffffff; --line: #dfe3e9; --edge: #8a93a3;
  --accent: #4a3fcf; --onAccent: #ffffff; --good: #176b3a; --bad: #b3261e; --tint: #f0effc; }
@media (prefers-color-scheme: dark) { :root { --text: #e6e9ef; --soft: #a3acbb; --back: #12151c; --panel: #1a1f29;
  --line: #343c4a; --edge: #78839a; --accent: #b3acff; --onAccent: #14121f; --good: #6fd49a; --bad: #ff9d94;
  --tint: #25243d; } }
*, *::before, *::after { box-sizing: border-box; }
[hidden] { display: none !important; }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; color: var(--text); background: var(--back);
  overflow-wrap: anywhere; }
.page { max-width: 760px; margin: 0 auto; padding: 24px 20px 64px; }
.page--wide { max-width: 1040px; }
.split { display: grid; gap: 24px; grid-template-columns: minmax(0, 1fr); }
@media (min-width: 860px) { .split { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); align-items: start; } }
@media (min-width: 860px) { .split--pay { grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); }
  .split--pay > .pay { order: 1; } }
.pay > .card { margin: 0; }
section.card { margin-top: 0; }
main:focus { outline: none; }
.top { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 4px 24px; align-items: baseline;
  margin-bottom: 24px; }
.top--tight { margin-bottom: 4px; }
.brand.top { margin-bottom: 16px; }
.brand { margin: 0; font-weight: 650; }
.small, .note { font-size: 14px; color: var(--soft); margin: 4px 0 0; }
h1 { font-size: 24px; line-height: 1.25; margin: 0 0 4px; letter-spacing: -0.01em; }
h2 { font-size: 17px; line-height: 1.3; margin: 0 0 12px; }
h3 { font-size: 16px; line-height: 1.4; margin: 0; }
p { margin: 0; }
a { color: var(--accent); }
section { margin-top: 32px; }
.card { background: var(--panel); border: 1px solid var(--line); border-radius: 12px; padding: 20px; }
.card + .card { margin-top: 12px; }
.rows { list-style: none; margin: 0; padding: 0; background: var(--panel); border: 1px solid var(--line);
  border-radius: 12px; }
.rows > li { display: flex; flex-wrap: wrap; gap: 4px 16px; align-items: center; justify-content: space-between;
  padding: 12px 20px; }
.rows > li + li { border-top: 1px solid var(--line); }
.rows > li > :first-child { flex: 1 1 14rem; min-width: 0; }
.amount { font-variant-numeric: tabular-nums; white-space: nowrap; }
.big { font-size: 34px; line-height: 1.2; font-weight: 650; letter-spacing: -0.02em; }
.state { display: inline-block; font-size: 13px; font-weight: 600; padding: 1px 9px; border-radius: 99px;
  border: 1px solid currentColor; white-space: nowrap; color: var(--soft); }
.state.good, .good { color: var(--good); } .state.bad, .bad { color: var(--bad); }
.totals { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 6px 24px; margin: 16px 0 0; }
.totals dt { color: var(--soft); } .totals dd { margin: 0; text-align: right; font-variant-numeric: tabular-nums; }
.totals .strong { color: var(--text); font-weight: 650; }
table { width: 100%; border-collapse: collapse; }
th { text-align: left; font-size: 13px; font-weight: 600; color: var(--soft); }
th, td { padding: 10px 0; vertical-align: top; border-bottom: 1px solid var(--line); }
th + th, td + td { padding-left: 16px; }
.facts { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 4px 24px; margin: 16px 0 0; font-size: 15px; }
.facts--first { margin-top: 0; }
.facts dt { color: var(--soft); } .facts dd { margin: 0; }
.parties { display: grid; gap: 16px 24px; margin: 24px 0; font-size: 15px; }
@media (min-width: 560px) { .parties { grid-template-columns: 1fr 1fr; } }
.parties h2 { font-size: 13px; color: var(--soft); margin-bottom: 4px; }
td .note { display: block; }
@media (max-width: 559px) { .items thead { position: absolute; clip-path: inset(50%); }
  .items tr { display: grid; grid-template-columns: 1fr; padding: 12px 0; border-bottom: 1px solid var(--line); }
  .items td { border: 0; padding: 0; white-space: normal; }
  .items td[data-label] { display: flex; justify-content: space-between; gap: 16px; font-size: 15px; }
  .items td[data-label]:empty { display: none; }
  .items td[data-label]::before { content: attr(data-label); color: var(--soft); } }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.actions { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 16px; align-items: center; }
.rows .actions { margin: 0; }
button, .button { display: inline-block; font: inherit; font-weight: 600; min-height: 44px; padding: 9px 16px;
  border-radius: 8px; border: 1px solid var(--accent); background: var(--accent); color: var(--onAccent);
  text-decoration: none; text-align: center; cursor: pointer; }
button.quiet, .button.quiet { background: transparent; color: var(--text); border-color: var(--edge); }
button.danger { background: transparent; color: var(--bad); border-color: var(--bad); }
button.plain { background: transparent; color: var(--accent); border-color: transparent; padding: 9px 8px; }
button.wide { width: 100%; }
button:disabled { opacity: 0.6; cursor: progress; }
.fields { display: grid; gap: 16px; margin-top: 16px; }
@media (min-width: 560px) { .fields--two { grid-template-columns: 1fr 1fr; } .span { grid-column: 1 / -1; } }
.field { display: grid; gap: 4px; margin: 0; align-content: start; }
.field label, legend { font-size: 14px; font-weight: 550; }
input:not([type="checkbox"]):not([type="radio"]), select, textarea { font: inherit; width: 100%; min-height: 44px;
  padding: 9px 12px; border-radius: 8px; border: 1px solid var(--edge); background: var(--panel); color: var(--text); }
input[type="checkbox"], input[type="radio"] { width: 18px; height: 18px; margin: 0; accent-color: var(--accent); flex: none; }
fieldset { border: 0; margin: 16px 0 0; padding: 0; min-width: 0; }
legend { padding: 0; margin-bottom: 8px; }
.choice { display: flex; gap: 12px; align-items: center; min-height: 44px; padding: 10px 14px; cursor: pointer;
  border: 1px solid var(--line); border-radius: 10px; background: var(--panel); }
.choice + .choice { margin-top: 8px; }
.choice:has(input:checked) { border-color: var(--accent); background: var(--tint); }
.choice > span { flex: 1; min-width: 0; }
.notice { margin: 16px 0 0; padding: 12px 16px; border-radius: 10px; background: var(--tint); }
.error { margin: 16px 0 0; color: var(--bad); font-weight: 550; }
.error:empty, .said:empty { display: none; }
.said { margin: 0 0 16px; padding: 12px 16px; border-radius: 10px; background: var(--tint); }
.cost, .cardForm + .choice { margin-top: 16px; }
.cardForm { margin-top: 16px; min-height: 210px; }
.foot { margin-top: 48px; font-size: 14px; color: var(--soft); display: flex; flex-wrap: wrap; gap: 4px 16px; }
.foot a { color: inherit; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.field input:focus-visible, select:focus-visible { outline-offset: 0; }
.line { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 2px 16px; align-items: start; padding: 12px 0; }
.line + .line { border-top: 1px solid var(--line); }
.line:first-child { padding-top: 0; } .line:last-child { padding-bottom: 0; }
.order > .card { margin-top: 16px; }
.part { margin-top: 32px; }
.fields > .fields { margin-top: 0; }
.line .actions { grid-column: 1 / -1; margin: 6px 0 0; }
.line .field { grid-auto-flow: column; align-items: center; justify-content: start; gap: 8px; }
.line .field input:not([type="checkbox"]):not([type="radio"]) { width: 6rem; }
.check { display: flex; gap: 10px; align-items: flex-start; }
.check input { margin-top: 3px; }
@media print { body { background: #ffffff; } .card, .rows { border: 0; padding: 0; } .actions, .pay { display: none; } }
`;
