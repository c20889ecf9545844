import { type Context, Hono } from "hono";
import { newId } from "../ids";
import type { OpenTx } from "../transaction";
import type { World } from "../world";
import { readAccount } from "./account";
import { readCaller } from "./auth";
import { preflight, readFields } from "./bodies";
import { finishChallenge } from "./challenges";
import { elementsSession, removeSavedMethod } from "./elements-session";
import { ApiError } from "./errors";

const crossOrigin = { "access-control-allow-origin": "*", "cache-control": "no-store" };

/** What the sandbox's own pages ask, from whatever site embeds them. A client secret is the key to it. */
export function browserControlRoutes(world: World): Hono {
  const routes = new Hono();

  function answer(context: Context, work: (tx: OpenTx) => object, intent?: string): Response {
    const caller = readCaller(context.req.header("authorization"), undefined);
    const account = intent
      ? world.store.holder(["payment_intents", "setup_intents"], intent)
      : readAccount(world, context, caller);
    const body = world.transact({ requestId: newId("req"), idempotencyKey: null, account }, work);
    return context.json(body, 200, crossOrigin);
  }

  routes.post("/_sandbox/3ds/:intent", async (context) => {
    const { client_secret: secret, outcome } = await readFields(context);
    const intent = context.req.param("intent");
    return answer(context, (tx) => finishChallenge(tx, intent, secret, outcome), intent);
  });
  routes.get("/_sandbox/elements/session", (context) => {
    const { client_secret: intent, customer_session_client_secret: customerSession } = context.req.query();
    // The bank's own page knows the intent and not the account it belongs to.
    const id = context.req.header("stripe-account") ? undefined : intent?.split("_secret_")[0];
    return answer(context, (tx) => elementsSession(tx, { intent, customerSession }), id);
  });
  routes.post("/_sandbox/elements/payment_methods/:id/remove", async (context) => {
    const { customer_session_client_secret: secret } = await readFields(context);
    return answer(context, (tx) => removeSavedMethod(tx, context.req.param("id"), secret));
  });
  routes.options("/_sandbox/elements/payment_methods/:id/remove", preflight);
  routes.options("/_sandbox/3ds/:intent", preflight);
  routes.options("/_sandbox/elements/session", preflight);
  routes.onError((error) => {
    if (!(error instanceof ApiError)) throw error;
    return Response.json({ error: error.body }, { status: error.status, headers: crossOrigin });
  });
  return routes;
}
