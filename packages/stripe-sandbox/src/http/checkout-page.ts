import { type Context, Hono } from "hono";
import { hostedPage, hostedSecurity } from "../browser/hosted-page";
import { adjustOrder } from "../resources/checkout/adjust";
import { adjustmentParams, completionParams } from "../resources/checkout/completion";
import { confirmSession, requireOpen } from "../resources/checkout/confirm";
import { checkoutState } from "../resources/checkout/page-state";
import { withSessionId } from "../resources/checkout/present";
import { recoverSession } from "../resources/checkout/recover";
import { detachPaymentMethod } from "../resources/payment-methods/detach";
import type { CheckoutSession } from "../tables";
import type { OpenTx } from "../transaction";
import type { World } from "../world";
import { asForm, readJson } from "./bodies";
import { clockFor } from "./clock-for";
import { ApiError, invalid, missing } from "./errors";
import { keepingFailures } from "./portal-session";

const page = hostedPage({ title: "Checkout", script: "checkout" });
const embeddedSecurity = {
  ...hostedSecurity,
  "Content-Security-Policy": hostedSecurity["Content-Security-Policy"].replace(
    "frame-ancestors 'none'",
    "frame-ancestors *",
  ),
};
/** Stripe's page waits so long for the merchant to hear of a completed session. */
const longestWaitMs = 10_000;

/** The page at `session.url`, and what it asks. What the customer does there has no request id. */
export function checkoutPageRoutes(world: World): Hono {
  const routes = new Hono();
  routes.get("/c/pay/:id", (context) => context.body(page, 200, hostedSecurity));
  routes.get("/c/embed/:id", (context) => context.body(page, 200, embeddedSecurity));
  routes.get("/c/pay/:id/state", (context) => answer(context, world, (tx, { id }) => checkoutState(tx, id)));
  routes.post("/c/pay/:id/order", async (context) => {
    const given = adjustmentParams(asForm(await readJson(context)), "");
    return answer(context, world, (tx, session) => {
      requireOpen(tx, session);
      adjustOrder(tx, session, given);
      return checkoutState(tx, session.id);
    });
  });
  routes.post("/c/pay/:id/confirm", async (context) => {
    const given = completionParams(asForm(await readJson(context)), "");
    return answer(context, world, (tx, { id }) => confirmSession(tx, id, given));
  });
  routes.post("/c/pay/:id/remove_card", async (context) => {
    const { payment_method: method } = await readJson(context);
    return answer(context, world, (tx, session) => {
      removeSaved(tx, session, String(method));
      return checkoutState(tx, session.id);
    });
  });
  routes.get("/c/pay/:id/done", async (context) => {
    const id = context.req.param("id");
    await heard(world, id);
    return answer(context, world, (_tx, session) => ({ url: addressAfter(session) }));
  });
  routes.get("/c/recover/:token", (context) => {
    const token = context.req.param("token");
    const session = keepingFailures(world, accountBehind(world, token), (tx) => recoverSession(tx, token));
    return context.redirect(session.url ?? "/");
  });
  routes.onError((error) => {
    if (!(error instanceof ApiError)) throw error;
    const headers = { "cache-control": "no-store" };
    return Response.json({ error: error.body }, { status: error.status, headers });
  });
  return routes;
}

function answer<T extends object>(
  context: Context,
  world: World,
  work: (tx: OpenTx, session: CheckoutSession) => T,
): Response {
  const id = context.req.param("id") ?? "";
  const body = inCheckout(world, id, (tx, session) => {
    requireKey(context, session);
    return work(tx, session);
  });
  return context.json(body, 200, { "cache-control": "no-store" });
}

export function inCheckout<T>(
  world: World,
  id: string,
  work: (tx: OpenTx, session: CheckoutSession) => T,
): T {
  return keepingFailures(world, world.store.holder(["checkout_sessions"], id), (tx) => {
    const session = tx.get("checkout_sessions", id);
    if (!session) throw missing("checkout.session", id, "id", 404);
    tx.enter(clockFor(tx, "POST", [id], {}));
    return work(tx, session);
  });
}

/** A hosted page is reached by whoever has its address, an embedded one only with the client secret. */
function requireKey(context: Context, session: CheckoutSession): void {
  if (session.client_secret === null || context.req.query("key") === session.client_secret) return;
  throw invalid("The client secret of this Checkout Session is missing.", "resource_missing", "key", 404);
}

function removeSaved(tx: OpenTx, session: CheckoutSession, method: string): void {
  const allowed = session.saved_payment_method_options?.payment_method_remove === "enabled";
  const owner = tx.get("payment_methods", method)?.customer;
  if (!allowed || !owner || owner !== session.customer)
    throw invalid("This card cannot be removed here.", undefined, "payment_method");
  detachPaymentMethod(tx, method);
}

/** Until every endpoint has acknowledged the completion, or the patience is over. */
async function heard(world: World, id: string): Promise<void> {
  const store = world.store.of(world.store.holder(["checkout_sessions"], id));
  const deadline = Date.now() + longestWaitMs;
  const waits = () => {
    for (const event of store.newestFirst("events"))
      if (event.type === "checkout.session.completed" && event.data.object.id === id)
        return event.pending_webhooks > 0;
    return false;
  };
  while (waits() && Date.now() < deadline) await new Promise((resume) => setTimeout(resume, 25));
}

function addressAfter(session: CheckoutSession): string | null {
  const stays =
    session.redirect_on_completion === "never" || session.redirect_on_completion === "if_required";
  if (session.status !== "complete" || stays) return null;
  const address = session.success_url ?? session.return_url;
  return address ? withSessionId(address, session) : null;
}

function accountBehind(world: World, token: string): string | null {
  for (const [account, store] of world.store.scopes())
    if (store.by("checkout_orders", "recovery_token", token).length > 0) return account;
  return null;
}
