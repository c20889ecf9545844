import { missing } from "../../http/errors";
import { newId } from "../../ids";
import type { CheckoutSession } from "../../tables";
import type { Tx } from "../../transaction";
import { itemsOf } from "./items";
import { totalUpSession } from "./totals";

const daySeconds = 24 * 60 * 60;

/** The address of an expired session leads to a new one with the same things in it. */
export function recoverSession(tx: Tx, token: string): CheckoutSession {
  const [order] = tx.by("checkout_orders", "recovery_token", token);
  const old = order && tx.get("checkout_sessions", order.id);
  const recovery = old?.after_expiration?.recovery;
  if (!order || !old || old.status !== "expired" || (recovery?.expires_at ?? 0) <= tx.now)
    throw missing("checkout.session", token, "id", 404);
  const id = newId("cs_test");
  tx.put("checkout_sessions", {
    ...old,
    id,
    after_expiration: null,
    allow_promotion_codes: recovery?.allow_promotion_codes ?? false,
    consent: null,
    created: tx.now,
    discounts: old.discounts && [],
    expires_at: tx.now + daySeconds,
    payment_intent: null,
    recovered_from: old.id,
    setup_intent: null,
    status: "open",
    url: `${tx.settings.url}/c/pay/${id}`,
  });
  tx.put("checkout_orders", {
    ...order,
    id,
    bought: null,
    discount: null,
    intent: null,
    method: null,
    recovery_token: null,
    subscription: null,
  });
  for (const item of itemsOf(tx, old.id))
    tx.put("checkout_items", { ...item, id: newId("li"), session: id, discounts: [] });
  tx.schedule(daySeconds * 1000, "checkout_session.expire", id);
  return totalUpSession(tx, id);
}
