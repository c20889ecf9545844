import { Hono } from "hono";
import { cors } from "hono/cors";
import { etag } from "hono/etag";
import { type ClientScript, clientScript } from "./assets";
import { consoleCss, consolePage, consoleSecurity } from "./console-page";
import { hostedCss } from "./hosted-page";
import { cardFramePage, challengePage, pageSecurity } from "./pages";

export interface BrowserHost {
  url: () => string;
}

/** What a page embeds: `stripe.js`, the card form and the 3-D Secure challenge, each on the sandbox's origin. */
export function browserRoutes(host: BrowserHost): Hono {
  const routes = new Hono();
  const scripts = cors({ origin: "*" });

  routes.get("/stripe.js", scripts, etag(), async (context) => {
    const address = `globalThis.__sandboxUrl=${JSON.stringify(host.url())};`;
    return context.body(`${address}\n${await clientScript("stripe-js")}`, 200, scriptHeaders);
  });
  for (const name of [
    "card-frame",
    "challenge",
    "console",
    "portal",
    "invoice",
    "checkout",
  ] satisfies ClientScript[]) {
    routes.get(`/_sandbox/client/${name}.js`, scripts, etag(), async (context) =>
      context.body(await clientScript(name), 200, scriptHeaders),
    );
  }
  routes.get("/", etag(), (context) => context.body(consolePage, 200, consoleSecurity));
  routes.get("/_sandbox/console.css", etag(), (context) =>
    context.body(consoleCss, 200, { ...scriptHeaders, "Content-Type": "text/css; charset=utf-8" }),
  );
  routes.get("/_sandbox/hosted.css", etag(), (context) =>
    context.body(hostedCss, 200, { ...scriptHeaders, "Content-Type": "text/css; charset=utf-8" }),
  );
  routes.get("/_sandbox/frames/card", etag(), (context) =>
    context.body(cardFramePage, 200, { ...pageSecurity, "Cache-Control": "no-cache" }),
  );
  routes.get("/_sandbox/3ds/:intent", (context) =>
    context.body(challengePage, 200, { ...pageSecurity, "Cache-Control": "no-store" }),
  );
  return routes;
}

// Always revalidated, so a changed script is never mixed with an old page; the tag makes that one small answer.
const scriptHeaders = {
  "Content-Type": "text/javascript; charset=utf-8",
  "Cache-Control": "no-cache",
  "X-Content-Type-Options": "nosniff",
  "Cross-Origin-Resource-Policy": "cross-origin",
};
