import { type Context, Hono } from "hono";
import type { Controls } from "../controls";
import { deliveryModes, readModes } from "../deliveries/plan";
import { readRelease } from "../deliveries/release";
import { listObjects, stateOf, truthOf } from "../objects";
import type { World } from "../world";
import { readJson } from "./bodies";
import type { Calls } from "./calls";
import { readCompletion } from "./complete-checkout";
import { ApiError, invalid } from "./errors";
import { readFault } from "./fault-given";
import type { Faults } from "./faults";
import { requireThisMachine } from "./this-machine";

interface Endpoint {
  url: string;
  secret: string;
  enabledEvents?: string[];
  payload?: "snapshot" | "thin";
  connect?: boolean;
}

export interface Parts {
  world: World;
  calls: Calls;
  faults: Faults;
  controls: Controls;
  forward(endpoint: Endpoint): void;
}

/** What a test may do that Stripe's API does not offer. No key, so only for programs on this machine. */
export function controlRoutes(parts: Parts): Hono {
  const routes = new Hono();
  routes.use(async (context, next) => {
    requireThisMachine(context);
    await next();
  });
  readRoutes(routes, parts);
  stateRoutes(routes, parts);
  deliveryRoutes(routes, parts);
  routes.onError((error) => {
    if (!(error instanceof ApiError)) throw error;
    return Response.json({ error: error.body }, { status: error.status });
  });
  return routes;
}

function readRoutes(routes: Hono, { world, calls }: Parts): void {
  routes.get("/state", (context) => context.json(stateOf(world)));
  routes.get("/truth", (context) => context.json(truthOf(world)));
  routes.get("/calls", (context) => context.json(newest(context, calls.all())));
  routes.get("/deliveries", (context) => context.json(newest(context, world.deliveries.records())));
  routes.get("/objects/:type", (context) =>
    context.json(
      listObjects(world, context.req.param("type"), limitOf(context), context.req.query("account") ?? null),
    ),
  );
}

function stateRoutes(routes: Hono, { world, faults, controls }: Parts): void {
  routes.post("/reset", (context) => {
    controls.reset();
    return context.json({ reset: true });
  });
  routes.get("/faults", (context) => context.json(faults.all()));
  routes.post("/faults", async (context) => {
    const id = controls.fault(readFault(await readJson(context)));
    return context.json({ added: true, id });
  });
  routes.delete("/faults", (context) => {
    controls.clearFaults();
    return context.json({ cleared: true });
  });
  routes.post("/advance", async (context) => {
    const { seconds } = await readJson(context);
    controls.advance(typeof seconds === "number" ? seconds : Number.NaN);
    return context.json({ now: Math.floor(world.clock.nowMs() / 1000) });
  });
  routes.post("/search_lag", async (context) => {
    const { seconds } = await readJson(context);
    controls.searchLag(typeof seconds === "number" ? seconds : Number.NaN);
    return context.json({ seconds });
  });
  routes.post("/refunds/:id/ask_for_details", (context) => {
    controls.askForRefundDetails(context.req.param("id"));
    return context.json({ refund: context.req.param("id") });
  });
  routes.post("/checkout/:id/complete", async (context) =>
    context.json(controls.completeCheckout(context.req.param("id"), readCompletion(await readJson(context)))),
  );
  routes.post("/disputes/:id/prevent", (context) => {
    controls.preventDispute(context.req.param("id"));
    return context.json({ dispute: context.req.param("id") });
  });
  routes.post("/disputes/:id/appeal", (context) => {
    controls.appealDispute(context.req.param("id"));
    return context.json({ dispute: context.req.param("id") });
  });
  routes.post("/customer_discount", async (context) => {
    const { customer, coupon, promotion_code: code } = await readJson(context);
    controls.discountCustomer(String(customer), {
      ...(typeof coupon === "string" && { coupon }),
      ...(typeof code === "string" && { promotion_code: code }),
    });
    return context.json({ customer });
  });
  routes.post("/portal/:session/:action", async (context) => {
    const params = await readJson(context);
    return context.json(controls.portal(context.req.param("session"), context.req.param("action"), params));
  });
  routes.get("/snapshots", (context) => context.json(world.snapshots.names()));
  routes.post("/snapshot", async (context) => {
    const { name } = await readJson(context);
    return context.json({ snapshot: controls.snapshot(optionalText(name, "name")) });
  });
  routes.post("/restore", async (context) => {
    const { name, snapshot = name } = await readJson(context);
    controls.restore(optionalText(snapshot, "name") ?? "");
    return context.json({ restored: snapshot });
  });
}

function deliveryRoutes(routes: Hono, { controls, forward }: Parts): void {
  routes.post("/forward", async (context) => {
    const endpoint = readEndpoint(await readJson(context));
    forward(endpoint);
    return context.json({ url: endpoint.url });
  });
  routes.post("/delivery_mode", async (context) => {
    const { modes, options } = readModes(await readJson(context));
    controls.deliveryMode(modes, options);
    return context.json({ mode: modes[0], modes, known: deliveryModes });
  });
  routes.post("/release", async (context) => {
    controls.release(readRelease(await readJson(context)));
    return context.json({ released: true });
  });
  routes.post("/events/:id/resend", async (context) => {
    const { endpoint } = await readJson(context);
    const sent = controls.resend(context.req.param("id"), optionalText(endpoint, "endpoint"));
    return context.json({ sent });
  });
  routes.post("/endpoints/:id/roll_secret", async (context) => {
    const { old_seconds: seconds } = await readJson(context);
    if (seconds !== undefined && typeof seconds !== "number")
      throw invalid("old_seconds is a number.", undefined, "old_seconds");
    return context.json({ secret: controls.rollSecret(context.req.param("id"), seconds) });
  });
}

function optionalText(value: unknown, name: string): string | undefined {
  if (value === undefined || typeof value === "string") return value;
  throw invalid(`${name} is a text.`, undefined, name);
}

function limitOf(context: Context): number | undefined {
  const limit = Number(context.req.query("limit"));
  return Number.isInteger(limit) && limit > 0 ? limit : undefined;
}

/** Oldest first, as before; with a limit only the newest. */
function newest<T>(context: Context, rows: T[]): T[] {
  const limit = limitOf(context);
  return limit ? rows.slice(-limit) : rows;
}

function readEndpoint({ url, secret, enabledEvents, payload, connect }: Record<string, unknown>): Endpoint {
  if (typeof url !== "string" || !URL.canParse(url)) throw invalid("forward needs a url.", undefined, "url");
  if (typeof secret !== "string" || secret === "")
    throw invalid("forward needs a secret.", undefined, "secret");
  return {
    url,
    secret,
    ...(Array.isArray(enabledEvents) && { enabledEvents: enabledEvents.map(String) }),
    ...(payload === "thin" && { payload }),
    ...(connect === true && { connect }),
  };
}
