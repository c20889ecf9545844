import { type Context, Hono } from "hono";
import { browserRoutes } from "./browser/routes";
import { fileRoutes } from "./files";
import { createApi } from "./http/api";
import { preflight } from "./http/bodies";
import { browserControlRoutes } from "./http/browser-controls";
import { checkoutPageRoutes } from "./http/checkout-page";
import { controlRoutes, type Parts } from "./http/controls";
import { invoicePageRoutes } from "./http/invoice-page";
import { portalPageRoutes } from "./http/portal-page";
import { onboardingRoutes } from "./onboarding-page";
import { pageRoutes } from "./pages";
import { resources } from "./resources";

/** The API by itself: among so few routes Hono finds the way with one regular expression. */
export function createApp(parts: Parts): Hono {
  const app = new Hono();
  app.options("/v1/*", preflight);
  const api = createApi(parts, resources);
  app.route("/", fileRoutes(parts.world));
  app.all("/v1/*", api);
  app.all("/v2/*", api);
  const rest = createRest(parts);
  app.notFound((context) => rest.fetch(context.req.raw, context.env));
  app.onError(failed);
  return app;
}

function createRest(parts: Parts): Hono {
  const { world } = parts;
  const app = new Hono();
  app.get("/healthz", (context) => context.json({ status: "ok" }));
  app.get("/readyz", (context) => context.json({ status: "ok" }));
  app.route("/", browserControlRoutes(world));
  app.route("/", browserRoutes({ url: () => world.settings.url }));
  app.route("/", onboardingRoutes(world));
  app.route("/", checkoutPageRoutes(world));
  app.route("/", invoicePageRoutes(world));
  app.route("/", portalPageRoutes(world));
  app.route("/", pageRoutes(world));
  app.route("/_sandbox", controlRoutes(parts));
  app.notFound((context) => {
    const message = `Unrecognized request URL (${context.req.method}: ${context.req.path}).`;
    return context.json({ error: { message, type: "invalid_request_error" } }, 404);
  });
  app.onError(failed);
  return app;
}

function failed(error: Error, context: Context): Response {
  console.error(error);
  const message = "The sandbox failed while it executed this request. Its log names the cause.";
  return context.json({ error: { message, type: "api_error" } }, 500);
}
