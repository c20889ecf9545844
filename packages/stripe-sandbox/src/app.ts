import { Hono } from "hono";
import { browserRoutes } from "./browser/routes";
import { fileRoutes } from "./files";
import { createApi } from "./http/api";
import { preflight } from "./http/bodies";
import { browserControlRoutes } from "./http/browser-controls";
import { controlRoutes, type Parts } from "./http/controls";
import { pageRoutes } from "./pages";
import { resources } from "./resources";

export function createApp(parts: Parts): Hono {
  const { world } = parts;
  const app = new Hono();
  app.options("/v1/*", preflight);
  const api = createApi(parts, resources);
  app.route("/", fileRoutes(world));
  app.all("/v1/*", api);
  app.all("/v2/*", api);
  app.get("/healthz", (context) => context.json({ status: "ok" }));
  app.get("/readyz", (context) => context.json({ status: "ok" }));
  app.route("/", browserControlRoutes(world));
  app.route("/", browserRoutes({ url: () => world.settings.url }));
  app.route("/", pageRoutes(world));
  app.route("/_sandbox", controlRoutes(parts));
  app.notFound((context) => {
    const message = `Unrecognized request URL (${context.req.method}: ${context.req.path}).`;
    return context.json({ error: { message, type: "invalid_request_error" } }, 404);
  });
  app.onError((error, context) => {
    console.error(error);
    const message = "The sandbox failed while it executed this request. Its log names the cause.";
    return context.json({ error: { message, type: "api_error" } }, 500);
  });
  return app;
}
