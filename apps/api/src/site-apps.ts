import type { Hono } from "hono";
import { mountAdmin, mountCustomer } from "./audience";
import { baseApp } from "./base-app";
import { adminPolicy, dashboardPolicy } from "./content-security";
import type { Services, Vars } from "./services";
import { staticFiles } from "./static-files";

/** The dashboard at its own origin, with only the customer's router beside it. */
export function dashboardApp(services: Services, folder: string): Hono<Vars> {
  const https = isHttps(services.dashboardOrigins);
  const app = baseApp("dashboard", services, { policy: dashboardPolicy(services.stripe), https });
  mountCustomer(app, services);
  return withFiles(app, folder);
}

/** The console at its own origin, with only the staff's router beside it. */
export function adminApp(services: Services, folder: string): Hono<Vars> {
  const app = baseApp("admin", services, { policy: adminPolicy, https: isHttps(services.adminOrigins) });
  mountAdmin(app, services);
  return withFiles(app, folder);
}

function withFiles(app: Hono<Vars>, folder: string): Hono<Vars> {
  for (const path of ["/trpc/*", "/api/*"]) app.all(path, (c) => c.notFound());
  app.use(staticFiles(folder));
  return app;
}

const isHttps = (origins: string[]) => origins[0]?.startsWith("https:") ?? false;
