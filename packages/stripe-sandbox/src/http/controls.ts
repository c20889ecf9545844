import { getConnInfo } from "@hono/node-server/conninfo";
import { type Context, Hono } from "hono";
import { indexes, type TableName } from "../tables";
import { byTime, type World } from "../world";
import { readJson } from "./bodies";
import type { Calls } from "./calls";
import { ApiError, invalid } from "./errors";
import type { Faults } from "./faults";

export interface Parts {
  world: World;
  calls: Calls;
  faults: Faults;
  forward(endpoint: { url: string; secret: string; enabledEvents?: string[] }): void;
}

const aliases: Record<string, string> = { invoiceitems: "invoice_items", line_items: "invoice_lines" };
const modes = ["normal", "hold", "duplicate"] as const;

/** What a test may do that Stripe's API does not offer. No key, so only for programs on this machine. */
export function controlRoutes({ world, calls, faults, forward }: Parts): Hono {
  const routes = new Hono();
  routes.use(async (context, next) => {
    requireThisMachine(context);
    await next();
  });

  routes.post("/reset", (context) => {
    world.reset();
    calls.clear();
    faults.clear();
    return context.json({ reset: true });
  });
  routes.get("/calls", (context) => context.json(calls.all()));
  routes.get("/deliveries", (context) => context.json(world.deliveries.records()));
  routes.get("/objects/:type", (context) => context.json(objectsOf(world, context.req.param("type"))));
  routes.post("/faults", async (context) => {
    faults.add(await readJson(context));
    return context.json({ added: true });
  });
  routes.post("/forward", async (context) => {
    const endpoint = readEndpoint(await readJson(context));
    forward(endpoint);
    return context.json({ url: endpoint.url });
  });
  routes.post("/delivery_mode", async (context) => {
    const { mode } = await readJson(context);
    const known = modes.find((name) => name === mode);
    if (!known) throw invalid(`mode must be one of ${modes.join(", ")}.`, undefined, "mode");
    world.setDeliveryMode(known);
    return context.json({ mode: known });
  });
  routes.post("/advance", async (context) => {
    const { seconds } = await readJson(context);
    if (typeof seconds !== "number" || !(seconds >= 0 && seconds < 1e9)) {
      throw invalid("seconds is a number from 0 to 1000000000.", undefined, "seconds");
    }
    world.advance(seconds * 1000);
    return context.json({ now: Math.floor(world.clock.nowMs() / 1000) });
  });
  routes.onError((error) => {
    if (!(error instanceof ApiError)) throw error;
    return Response.json({ error: error.body }, { status: error.status });
  });
  return routes;
}

const thisMachine = new Set(["127.0.0.1", "::1", "::ffff:127.0.0.1"]);

/** A web page could send these requests too; its browser says so with an Origin. */
function requireThisMachine(context: Context): void {
  const { address } = getConnInfo(context).remote;
  if (thisMachine.has(address ?? "") && !context.req.header("origin")) return;
  throw invalid(
    "The controls of the sandbox answer only programs on its own machine.",
    undefined,
    undefined,
    403,
  );
}

function objectsOf(world: World, type: string): object[] {
  const name = aliases[type] ?? type;
  if (!Object.hasOwn(indexes, name)) throw invalid(`The sandbox keeps no ${type}.`, undefined, "type", 404);
  const table = name as TableName;
  return world.transact(byTime, (tx) => [...tx.newestFirst(table)].map((row) => tx.view(table, row.id)));
}

function readEndpoint({ url, secret, enabledEvents }: Record<string, unknown>) {
  if (typeof url !== "string" || !URL.canParse(url)) throw invalid("forward needs a url.", undefined, "url");
  if (typeof secret !== "string" || secret === "")
    throw invalid("forward needs a secret.", undefined, "secret");
  return { url, secret, ...(Array.isArray(enabledEvents) && { enabledEvents: enabledEvents.map(String) }) };
}
