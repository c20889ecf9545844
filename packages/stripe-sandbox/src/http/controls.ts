import { type Context, Hono } from "hono";
import { newId } from "../ids";
import type { TableName } from "../tables";
import type { OpenTx } from "../transaction";
import type { DeliveryMode, World } from "../world";
import { readCaller } from "./auth";
import type { Calls } from "./calls";
import { elementsSession, finishChallenge } from "./challenges";
import { ApiError, invalid } from "./errors";
import type { Faults } from "./faults";
import { parseForm } from "./form";

interface Parts {
  world: World;
  calls: Calls;
  faults: Faults;
  forward(endpoint: { url: string; secret: string; enabledEvents?: string[] }): void;
}

const fromBrowser = { "access-control-allow-origin": "*", "cache-control": "no-store" };
const tables: Record<string, TableName> = { invoiceitems: "invoice_items", line_items: "invoice_lines" };
const modes: DeliveryMode[] = ["normal", "hold", "duplicate"];

/** What tests and pages of the sandbox may do that Stripe's API does not offer. */
export function controlRoutes({ world, calls, faults, forward }: Parts): Hono {
  const routes = new Hono();

  function inBrowser(context: Context, work: (tx: OpenTx) => object): Response {
    readCaller(context.req.header("authorization"), undefined);
    const answer = world.transact({ requestId: newId("req"), idempotencyKey: null }, work);
    return context.json(answer, 200, fromBrowser);
  }

  routes.post("/_sandbox/3ds/:intent", async (context) => {
    const body = await readFields(context);
    return inBrowser(context, (tx) =>
      finishChallenge(tx, context.req.param("intent"), body.client_secret, body.outcome),
    );
  });
  routes.get("/_sandbox/elements/session", (context) =>
    inBrowser(context, (tx) => elementsSession(tx, context.req.query("client_secret"))),
  );

  routes.post("/_sandbox/reset", (context) => {
    world.reset();
    calls.clear();
    faults.clear();
    return context.json({ reset: true });
  });
  routes.get("/_sandbox/calls", (context) => context.json(calls.all()));
  routes.get("/_sandbox/deliveries", (context) => context.json(world.deliveries.records()));
  routes.get("/_sandbox/objects/:type", (context) => {
    const name = context.req.param("type");
    const table = tables[name] ?? (name as TableName);
    return context.json(
      world.transact({ requestId: null, idempotencyKey: null }, (tx) =>
        [...tx.newestFirst(table)].map((row) => tx.view(table, row.id)),
      ),
    );
  });
  routes.post("/_sandbox/faults", async (context) => {
    faults.add(await readJson(context));
    return context.json({ added: true });
  });
  routes.post("/_sandbox/forward", async (context) => {
    const { url, secret, enabledEvents } = (await readJson(context)) as Record<string, unknown>;
    if (typeof url !== "string" || !URL.canParse(url))
      throw invalid("forward needs a url.", undefined, "url");
    if (typeof secret !== "string" || secret === "")
      throw invalid("forward needs a secret.", undefined, "secret");
    forward({
      url,
      secret,
      ...(Array.isArray(enabledEvents) && { enabledEvents: enabledEvents.map(String) }),
    });
    return context.json({ url });
  });
  routes.post("/_sandbox/delivery_mode", async (context) => {
    const { mode } = (await readJson(context)) as { mode?: DeliveryMode };
    const known = modes.find((name) => name === mode);
    if (!known) throw invalid(`mode must be one of ${modes.join(", ")}.`, undefined, "mode");
    world.setDeliveryMode(known);
    if (known !== "hold") world.releaseDeliveries();
    return context.json({ mode: known });
  });
  routes.post("/_sandbox/advance", async (context) => {
    const { seconds } = (await readJson(context)) as { seconds?: unknown };
    if (typeof seconds !== "number" || seconds < 0)
      throw invalid("seconds is a number, at least 0.", undefined, "seconds");
    world.advance(seconds * 1000);
    return context.json({ now: Math.floor(world.clock.nowMs() / 1000) });
  });
  routes.options("/_sandbox/*", () => preflight());
  routes.onError((error, context) => {
    if (!(error instanceof ApiError)) throw error;
    return context.json(
      { error: error.body },
      error.status === 404 ? 404 : error.status === 401 ? 401 : 400,
      fromBrowser,
    );
  });
  return routes;
}

export function preflight(): Response {
  return new Response(null, {
    status: 204,
    headers: {
      "access-control-allow-origin": "*",
      "access-control-allow-methods": "GET, POST, DELETE",
      "access-control-allow-headers":
        "authorization, content-type, stripe-version, stripe-account, idempotency-key",
      "access-control-max-age": "86400",
    },
  });
}

async function readJson(context: Context): Promise<object> {
  const body: unknown = await context.req.json().catch(() => undefined);
  if (typeof body === "object" && body !== null) return body;
  throw invalid("The body must be a JSON object.");
}

async function readFields(context: Context): Promise<Record<string, string>> {
  const isJson = context.req.header("content-type")?.startsWith("application/json");
  const body: object = isJson ? await readJson(context) : parseForm(await context.req.text());
  return Object.fromEntries(
    Object.entries(body).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}
