import { bool, clearable, hash, int, oneOf, text } from "../../http/params";
import { newId } from "../../ids";
import type { Mandate } from "../../tables";
import type { Tx } from "../../transaction";

const acceptance = hash(
  {
    accepted_at: int,
    offline: hash({}),
    online: hash({ infer_from_client: bool, ip_address: text, user_agent: text }),
    type: oneOf("offline", "online"),
  },
  ["type"],
);
export const mandateData = clearable(hash({ customer_acceptance: acceptance }, ["customer_acceptance"]));
type MandateData = ReturnType<typeof mandateData>;

/** Stripe does not say when a card gets one: here, exactly when the customer's acceptance is sent along. */
export function acceptMandate(tx: Tx, intent: string, method: string, data: MandateData | undefined): void {
  if (!data) return;
  const { accepted_at: at = tx.now, online, type } = data.customer_acceptance;
  const { id } = tx.put("mandates", {
    id: newId("mandate"),
    object: "mandate",
    customer_acceptance: {
      accepted_at: at,
      ...(type === "offline"
        ? { offline: {} }
        : { online: { ip_address: online?.ip_address ?? null, user_agent: online?.user_agent ?? null } }),
      type,
    },
    livemode: false,
    multi_use: {},
    payment_method: method,
    payment_method_details: { card: {}, type: "card" },
    status: "pending",
    type: "multi_use",
  });
  tx.patch("setup_intents", intent, { mandate: id });
}

/** It holds once the card is set up, and no longer when that failed. */
export function settleMandate(tx: Tx, id: string | null, status: Mandate["status"]): void {
  if (!id || tx.get("mandates", id)?.status === status) return;
  tx.patch("mandates", id, { status });
  tx.emit("mandate.updated", "mandates", id);
}
