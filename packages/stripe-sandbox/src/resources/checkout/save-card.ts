import { mergeMetadata } from "../../http/params";
import type { CheckoutOrder, CheckoutSession, SetupIntent } from "../../tables";
import type { Tx } from "../../transaction";
import { shownTo } from "../client-secret";
import { attemptSetup, setupFailed } from "../setup-intents/attempt";
import { newSetupIntent } from "../setup-intents/create";
import type { Outcome } from "./confirm";
import { followOrder } from "./follow";

/** Setup mode, and a subscription that costs nothing yet: the bank is asked whether the card may be kept. */
export function saveCard(tx: Tx, session: CheckoutSession, order: CheckoutOrder): Outcome {
  const intent = intentFor(tx, session, order);
  tx.patch("setup_intents", intent.id, { customer: order.customer, payment_method: order.method });
  tx.patch("checkout_orders", order.id, { intent: intent.id });
  if (session.mode === "setup") tx.patch("checkout_sessions", session.id, { setup_intent: intent.id });
  const result = attemptSetup(tx, intent.id, { inBrowser: true });
  const after = tx.need("setup_intents", intent.id);
  if (result === "declined") throw setupFailed(after, shownTo(true, after));
  if (result === "requires_action")
    return { status: "requires_action", client_secret: after.client_secret ?? "" };
  followOrder(tx, intent.id);
  return { status: "complete" };
}

function intentFor(
  tx: Tx,
  session: CheckoutSession,
  { intent, given, customer }: CheckoutOrder,
): SetupIntent {
  const known = tx.get("setup_intents", intent ?? "");
  if (known) return known;
  const data = session.mode === "setup" ? given.setup_intent_data : undefined;
  return newSetupIntent(tx, {
    automatic_payment_methods: { allow_redirects: "always", enabled: true },
    customer,
    description: data?.description ?? null,
    metadata: mergeMetadata(null, data?.metadata),
  });
}
