import { paint, say } from "./log.mjs";

/** The last thing `npm start` prints before the log: where everything is and who can sign in. */
export function printBanner(settings, logins, startedAt) {
  const { dashboardUrl, adminUrl, apiUrl, webhooksUrl, sandboxUrl, stripe } = settings;
  const urls = [
    ["Dashboard", dashboardUrl, "what customers see"],
    ["Console", adminUrl, "what your staff see"],
    ["API", apiUrl, "tRPC and sign-in"],
    ["Webhooks", `${webhooksUrl}/stripe/main`, "where Stripe delivers events"],
    sandboxUrl
      ? ["Stripe", sandboxUrl, "the built-in sandbox: no account, no network"]
      : ["Stripe", "api.stripe.com", `your own account, ${stripe} mode`],
  ];
  say();
  say(paint("bold", `  Farebox is running (${((Date.now() - startedAt) / 1000).toFixed(1)} s)`));
  say();
  for (const [name, url, what] of urls)
    say(`  ${name.padEnd(10)} ${paint("cyan", url.padEnd(36))} ${paint("gray", what)}`);
  printLogins(logins);
  say();
  say(paint("gray", "  Ctrl-C stops everything and keeps the data; npm start -- --fresh begins anew."));
  say();
}

function printLogins(logins) {
  say();
  if (logins.length === 0) {
    say("  A login for your staff: npm run staff -- add <email> admin");
    return;
  }
  const width = Math.max(...logins.map(({ email }) => email.length));
  say("  Demo log-ins");
  for (const { app, email, password, what } of logins) {
    const where = app === "admin" ? "console" : app;
    say(`  ${where.padEnd(10)} ${email.padEnd(width)}  ${password}  ${paint("gray", what)}`);
  }
}
