import { Hono } from "hono";
import { browserRoutes } from "./browser/routes";
import { createApi } from "./http/api";
import type { Calls } from "./http/calls";
import { controlRoutes, preflight } from "./http/controls";
import type { Faults } from "./http/faults";
import { pageRoutes } from "./pages";
import { resources } from "./resources";
import type { World } from "./world";

interface Parts {
  world: World;
  calls: Calls;
  faults: Faults;
  forward(endpoint: { url: string; secret: string; enabledEvents?: string[] }): void;
}

export function createApp(parts: Parts): Hono {
  const app = new Hono();
  const api = createApi(parts.world, resources, parts.faults, parts.calls);
  app.options("/v1/*", () => preflight());
  app.all("/v1/*", api);
  app.get("/healthz", (context) => context.json({ status: "ok" }));
  app.get("/readyz", (context) => context.json({ status: "ok" }));
  app.route("/", controlRoutes(parts));
  app.route("/", browserRoutes({ url: () => parts.world.settings.url }));
  app.route("/", pageRoutes(parts.world));
  app.notFound((context) => {
    const message = `Unrecognized request URL (${context.req.method}: ${context.req.path}).`;
    return context.json({ error: { message, type: "invalid_request_error" } }, 404);
  });
  app.onError((error, context) => {
    console.error(error);
    return context.json(
      { error: { message: "The sandbox failed while it executed this request.", type: "api_error" } },
      500,
    );
  });
  return app;
}
