export const cardFramePage = page("Secure payment input frame", "card-frame");
export const challengePage = page("3D Secure challenge", "challenge");

/** Both pages hold no inline script or style; they may be framed by any page, as the real ones. */
export const pageSecurity = {
  "Content-Type": "text/html; charset=utf-8",
  "Content-Security-Policy":
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src http: https:; font-src http: https: data:; base-uri 'none'; form-action 'none'",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
  "Cross-Origin-Resource-Policy": "cross-origin",
};

function page(title: string, script: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<script defer src="/_sandbox/client/${script}.js"></script>
</head>
<body></body>
</html>
`;
}
