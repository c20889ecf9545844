import { adminRouter, clientAddressHeader, customerRouter } from "@farebox/billing";
import type { Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { createMiddleware } from "hono/factory";
import { HTTPException } from "hono/http-exception";
import { timeout } from "hono/timeout";
import { mountInvoiceFiles } from "./invoice-files";
import { sameOrigin } from "./same-origin";
import type { Audience, Services, Vars } from "./services";
import { trpcEndpoint } from "./trpc-endpoint";

const maxBodyBytes = 100 * 1024;
/** Longer than three tries at Stripe of 20 seconds each. */
const answerWithinMs = 75_000;

/** The dashboard's router and sign-in, nothing of the console. */
export function mountCustomer(app: Hono<Vars>, services: Services): void {
  mountInvoiceFiles(app, services, [noStore]);
  mount(app, services, services.members, services.dashboardOrigins, {
    path: "/trpc/customer",
    router: customerRouter,
  });
}

/** The console's router and sign-in, nothing of the dashboard. */
export const mountAdmin = (app: Hono<Vars>, services: Services) =>
  mount(app, services, services.staff, services.adminOrigins, { path: "/trpc/admin", router: adminRouter });

function mount(
  app: Hono<Vars>,
  services: Services,
  audience: Audience,
  origins: string[],
  { path, router }: Pick<Parameters<typeof trpcEndpoint>[1], "path" | "router">,
): void {
  const guards = [
    noStore,
    sameOrigin(origins),
    limitBody,
    timeout(
      answerWithinMs,
      () => new HTTPException(504, { message: "This took too long. Please try again." }),
    ),
  ];
  const { resolveActor } = audience;
  app.use(`${path}/*`, ...guards);
  app.on(["GET", "POST"], `${path}/*`, trpcEndpoint(services, { path, router, resolveActor }));
  if (!("handle" in audience)) return;
  const { basePath, handle } = audience;
  app.use(`${basePath}/*`, ...guards);
  app.on(["GET", "POST"], `${basePath}/*`, (c) => handle(withAddress(c)));
}

/**
 * Sign-in counts attempts by address, so it gets the one we saw and never the one a client sent. It reads JSON where
 * there need be none, as when signing out.
 */
function withAddress(c: Context<Vars>): Request {
  const headers = new Headers(c.req.raw.headers);
  headers.delete(clientAddressHeader);
  const address = c.get("address");
  if (address) headers.set(clientAddressHeader, address);
  const empty = c.req.method === "POST" && c.req.header("content-length") === "0";
  return new Request(c.req.raw, { headers, ...(empty ? { body: "{}" } : {}) });
}

/** Who pays what is nobody's cache's business. */
const noStore = createMiddleware(async (c, next) => {
  await next();
  c.res.headers.set("cache-control", "no-store");
});

const limited = bodyLimit({
  maxSize: maxBodyBytes,
  onError: () =>
    Response.json(
      { code: "REQUEST_REFUSED", reason: "too_large", message: "This request is larger than 100 KB." },
      { status: 413 },
    ),
});

/** Nobody reads the body of a GET, and to look whether there is one costs more than all the other guards. */
const limitBody = createMiddleware((c, next) => (readsNoBody(c.req.method) ? next() : limited(c, next)));

const readsNoBody = (method: string) => method === "GET" || method === "HEAD";
