import { type Context, Hono } from "hono";
import { newId } from "../ids";
import type { OpenTx } from "../transaction";
import type { World } from "../world";
import { readCaller } from "./auth";
import { preflight, readFields } from "./bodies";
import { elementsSession, finishChallenge } from "./challenges";
import { ApiError } from "./errors";

const crossOrigin = { "access-control-allow-origin": "*", "cache-control": "no-store" };

/** What the sandbox's own pages ask, from whatever site embeds them. A client secret is the key to it. */
export function browserControlRoutes(world: World): Hono {
  const routes = new Hono();

  function answer(context: Context, work: (tx: OpenTx) => object): Response {
    readCaller(context.req.header("authorization"), undefined);
    const body = world.transact({ requestId: newId("req"), idempotencyKey: null }, work);
    return context.json(body, 200, crossOrigin);
  }

  routes.post("/_sandbox/3ds/:intent", async (context) => {
    const { client_secret: secret, outcome } = await readFields(context);
    return answer(context, (tx) => finishChallenge(tx, context.req.param("intent"), secret, outcome));
  });
  routes.get("/_sandbox/elements/session", (context) =>
    answer(context, (tx) => {
      const { client_secret: intent, customer_session_client_secret: customerSession } = context.req.query();
      return elementsSession(tx, {
        ...(intent !== undefined && { intent }),
        ...(customerSession !== undefined && { customerSession }),
      });
    }),
  );
  routes.options("/_sandbox/3ds/:intent", preflight);
  routes.options("/_sandbox/elements/session", preflight);
  routes.onError((error) => {
    if (!(error instanceof ApiError)) throw error;
    return Response.json({ error: error.body }, { status: error.status, headers: crossOrigin });
  });
  return routes;
}
