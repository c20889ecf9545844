export const consolePage = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Stripe sandbox</title>
<link rel="stylesheet" href="/_sandbox/console.css">
<script defer src="/_sandbox/client/console.js"></script>
</head>
<body><noscript>The console needs JavaScript. The controls work without it: see the README.</noscript></body>
</html>
`;

/** Nobody may frame it: a click in it changes the state. */
export const consoleSecurity = {
  "Content-Type": "text/html; charset=utf-8",
  "Content-Security-Policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
  "Cache-Control": "no-cache",
};

export const consoleCss = `
:root { --text: #1d2433; --soft: #57606f; --back: #f6f7f9; --panel: #ffffff; --line: #d5d9e0; --accent: #4a3fcf;
  --onAccent: #ffffff; --good: #176b3a; --bad: #b3261e; --chosen: #ecebfb; }
@media (prefers-color-scheme: dark) { :root { --text: #e6e9ef; --soft: #a3acbb; --back: #12151c; --panel: #1a1f29;
  --line: #343c4a; --accent: #b3acff; --onAccent: #14121f; --good: #6fd49a; --bad: #ff9d94; --chosen: #2a2a4a; } }
*, *::before, *::after { box-sizing: border-box; }
body { margin: 0; font: 15px/1.5 system-ui, sans-serif; color: var(--text); background: var(--back); }
header { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 24px; padding: 8px 24px;
  background: var(--panel); border-bottom: 1px solid var(--line); }
.name { margin: 0; font-weight: 650; }
nav { display: flex; flex-wrap: wrap; gap: 4px; margin-left: -12px; }
nav a { display: inline-block; padding: 10px 12px; border-radius: 8px; color: var(--soft); text-decoration: none; }
nav a:hover { color: var(--text); background: var(--chosen); }
nav a[aria-current] { color: var(--text); background: var(--chosen); font-weight: 600; }
main { padding: 0 24px 48px; max-width: 1440px; margin: 0 auto; }
main:focus { outline: none; }
h1 { font-size: 22px; line-height: 1.3; margin: 20px 0 12px; }
h2 { font-size: 16px; margin: 0 0 8px; overflow-wrap: anywhere; }
h3 { font-size: 14px; margin: 16px 0 4px; overflow-wrap: anywhere; }
a { color: var(--accent); }
.messages { position: sticky; top: 0; z-index: 1; max-width: 1440px; margin: 0 auto; padding: 0 24px; }
.said, .failed { margin: 8px 0 0; padding: 8px 12px; border-radius: 8px; background: var(--panel);
  border: 1px solid var(--line); }
.failed { color: var(--bad); border-color: var(--bad); }
.said:empty, .failed:empty { display: none; }
.skip { position: absolute; left: -9999px; }
.skip:focus { position: static; display: block; padding: 8px 24px; }
.split { display: grid; gap: 16px; grid-template-columns: minmax(0, 1fr); margin-top: 12px; }
@media (min-width: 900px) { .split { grid-template-columns: minmax(300px, 2fr) minmax(0, 3fr); align-items: start; }
  .split .rows { max-height: calc(100vh - 220px); overflow-y: auto; } .detail { position: sticky; top: 12px; } }
@media (max-width: 899px) { .split .rows { max-height: 46vh; overflow-y: auto; } }
.rows { list-style: none; margin: 8px 0 0; padding: 0; background: var(--panel); border: 1px solid var(--line);
  border-radius: 10px; }
.rows li + li { border-top: 1px solid var(--line); }
.rows a { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0 12px; padding: 8px 12px;
  color: inherit; text-decoration: none; }
.rows a:hover, .rows a[aria-current] { background: var(--chosen); }
.title { font-weight: 550; overflow-wrap: anywhere; }
.note { grid-column: 1 / -1; font-size: 13px; color: var(--soft); overflow-wrap: anywhere; }
.state { align-self: start; font-size: 12px; font-weight: 600; padding: 1px 8px; border-radius: 99px;
  border: 1px solid currentColor; white-space: nowrap; }
.good { color: var(--good); } .bad { color: var(--bad); } .plain { color: var(--soft); }
.empty, .fault { padding: 12px; margin: 0; color: var(--soft); overflow-wrap: anywhere; }
.detail, .panel { background: var(--panel); border: 1px solid var(--line); border-radius: 10px; padding: 16px;
  min-width: 0; }
.stack { display: grid; gap: 16px; }
.time { font-size: 18px; margin: 0 0 12px; font-variant-numeric: tabular-nums; }
pre { margin: 8px 0 0; padding: 12px; max-height: 65vh; overflow: auto; background: var(--back);
  border: 1px solid var(--line); border-radius: 8px; font: 13px/1.5 ui-monospace, monospace; white-space: pre-wrap;
  overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 4px 16px; margin: 0; }
dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
fieldset { display: flex; flex-wrap: wrap; gap: 4px 20px; margin: 12px 0 0; padding: 8px 12px; border-radius: 8px;
  border: 1px solid var(--line); }
fieldset label { display: flex; gap: 8px; align-items: center; min-height: 32px; }
summary { cursor: pointer; min-height: 24px; }
.actions { display: flex; flex-wrap: wrap; gap: 8px 12px; align-items: end; margin-top: 12px; }
.rows .actions { margin: 0; padding: 12px; }
.actions p { margin: 0; }
.field { display: grid; gap: 2px; margin: 0; }
.field label { font-size: 13px; color: var(--soft); }
input:not([type="checkbox"]), select, button { font: inherit; min-height: 38px; padding: 6px 10px;
  border-radius: 8px; border: 1px solid var(--soft); background: var(--panel); color: var(--text); max-width: 100%; }
input[type="search"] { width: 100%; } input[type="number"] { width: 8rem; }
input[type="checkbox"] { width: 18px; height: 18px; margin: 0; accent-color: var(--accent); }
input:disabled { opacity: 0.6; }
button { cursor: pointer; font-weight: 600; background: var(--accent); color: var(--onAccent);
  border-color: var(--accent); }
button.danger { background: transparent; color: var(--bad); border-color: var(--bad); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.rows a:focus-visible, pre:focus-visible { outline-offset: -2px; }
`;
