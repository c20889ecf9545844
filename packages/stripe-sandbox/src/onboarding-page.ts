import { type Context, Hono } from "hono";
import { html } from "hono/html";
import { finishLink, openLink } from "./resources/accounts/onboard";
import type { World } from "./world";
import { byTime } from "./world";

const headers = {
  "Content-Security-Policy": "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
  "Cache-Control": "no-store",
};

/** Where an account link leads: one page that asks for nothing and believes everything. */
export function onboardingRoutes(world: World): Hono {
  const routes = new Hono();
  const leave = (context: Context, url: string | null) =>
    url ? context.redirect(url, 303) : context.text("This link can no longer be used.", 410, headers);

  routes.use("/setup/:account/:link", async (context, next) => {
    const link = world.store.get("account_links", context.req.param("link"));
    if (link && link.account !== context.req.param("account")) return context.notFound();
    return next();
  });
  routes.get("/setup/:account/:link", (context) => {
    const id = context.req.param("link");
    const link = world.transact(byTime, (tx) => openLink(tx, id));
    if (!link) return leave(context, world.store.get("account_links", id)?.refreshUrl ?? null);
    const { name } = world.settings.account;
    return context.html(page(name, link.account, link.returnUrl ?? "/"), 200, headers);
  });
  routes.post("/setup/:account/:link", (context) => {
    const id = context.req.param("link");
    const refresh = world.store.get("account_links", id)?.refreshUrl ?? null;
    const link = world.transact(byTime, (tx) => finishLink(tx, id));
    return leave(context, link ? link.returnUrl : refresh);
  });
  return routes;
}

function page(platform: string, account: string, back: string) {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Get paid by ${platform}</title>
<link rel="stylesheet" href="/_sandbox/hosted.css">
</head>
<body>
<main class="page">
<h1>Get paid by ${platform}</h1>
<p class="small">The account <code>${account}</code> of the local sandbox. No real business is registered.</p>
<section class="card">
<p>A real page would ask who you are, what you sell and where your money should go. Here, one click says it all.</p>
<form method="post"><p><button class="button" type="submit">Agree and submit</button></p></form>
</section>
<p class="note"><a href="${back}">Return to ${platform} without finishing</a></p>
</main>
</body>
</html>`;
}
