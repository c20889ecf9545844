import { created, inRange, page, pageParams } from "../http/lists";
import { hash, text } from "../http/params";
import { newId } from "../ids";
import type { Charge, EarlyFraudWarning } from "../tables";
import type { Tx } from "../transaction";
import { type Resource, ref, route } from "./resource";

/** The bank says that its customer calls the charge a fraud, before anything is disputed. */
export function warnOfFraud(tx: Tx, charge: Charge): void {
  const { id } = tx.put("early_fraud_warnings", {
    id: newId("issfr"),
    object: "radar.early_fraud_warning",
    actionable: !charge.refunded && !charge.disputed,
    charge: charge.id,
    created: tx.now,
    fraud_type: "made_with_stolen_card",
    livemode: false,
    ...(charge.payment_intent && { payment_intent: charge.payment_intent }),
  });
  tx.emit("radar.early_fraud_warning.created", "early_fraud_warnings", id);
}

/** A full refund is all that can be done about a warning. */
export function settleWarnings(tx: Tx, charge: string): void {
  if (!tx.need("charges", charge).refunded) return;
  for (const { id } of tx.by("early_fraud_warnings", "charge", charge)) {
    tx.patch("early_fraud_warnings", id, { actionable: false });
    tx.emit("radar.early_fraud_warning.updated", "early_fraud_warnings", id);
  }
}

const url = "/v1/radar/early_fraud_warnings";
const listParams = hash({ ...pageParams, charge: text, created, payment_intent: text });

export const earlyFraudWarnings: Resource = {
  routes: [
    route("GET", `${url}/:`, hash({}), ({ tx, ids: [id] }) => tx.view("early_fraud_warnings", id)),
    route("GET", url, listParams, ({ tx, params }) => {
      const rows = params.charge
        ? tx.by("early_fraud_warnings", "charge", params.charge).reverse()
        : undefined;
      const matches = (row: EarlyFraudWarning) =>
        (params.payment_intent ?? row.payment_intent) === row.payment_intent &&
        inRange(row.created, params.created);
      return page(tx, "early_fraud_warnings", url, params, matches, rows);
    }),
  ],
  expansions: {
    "radar.early_fraud_warning": { charge: ref("charges"), payment_intent: ref("payment_intents") },
  },
};
