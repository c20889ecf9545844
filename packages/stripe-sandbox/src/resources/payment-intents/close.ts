import { invalid } from "../../http/errors";
import type { PaymentIntent } from "../../tables";
import type { Tx } from "../../transaction";
import { passOn, takeApplicationFee } from "../connect/split";
import { changeTerms, chargeTerms } from "../connect/terms";
import { unexpectedState } from "./confirm";

export function closePaymentIntent(tx: Tx, id: string, reason: PaymentIntent["cancellation_reason"]): void {
  const intent = tx.need("payment_intents", id);
  if (["succeeded", "canceled", "processing"].includes(intent.status))
    throw unexpectedState(intent, "cancel");
  const charge = intent.status === "requires_capture" ? intent.latest_charge : null;
  if (charge) releaseAuthorization(tx, charge);
  tx.patch("payment_intents", id, {
    status: "canceled",
    canceled_at: tx.now,
    cancellation_reason: reason,
    amount_capturable: 0,
    next_action: null,
  });
  tx.emit("payment_intent.canceled", "payment_intents", id);
}

function releaseAuthorization(tx: Tx, id: string): void {
  const charge = tx.need("charges", id);
  tx.patch("charges", id, { amount_refunded: charge.amount, refunded: true });
  tx.emit("charge.refunded", "charges", id);
}

export function capturePaymentIntent(
  tx: Tx,
  id: string,
  wanted: number | undefined,
  shares: Parameters<typeof changeTerms>[2] = {},
): void {
  const intent = tx.need("payment_intents", id);
  if (intent.status !== "requires_capture" || !intent.latest_charge) throw unexpectedState(intent, "capture");
  const amount = wanted ?? intent.amount_capturable;
  if (amount < 1 || amount > intent.amount_capturable) {
    throw invalid(
      `The amount to capture must be between 1 and ${intent.amount_capturable}.`,
      "amount_too_large",
      "amount_to_capture",
    );
  }
  const terms = changeTerms(tx, intent, shares);
  tx.patch("payment_intents", id, terms);
  tx.patch("charges", intent.latest_charge, {
    ...chargeTerms({ ...intent, ...terms }),
    captured: true,
    amount_captured: amount,
    amount_refunded: intent.amount - amount,
  });
  tx.emit("charge.captured", "charges", intent.latest_charge);
  passOn(tx, intent.latest_charge);
  tx.patch("payment_intents", id, { status: "succeeded", amount_capturable: 0, amount_received: amount });
  tx.emit("payment_intent.succeeded", "payment_intents", id);
  takeApplicationFee(tx, intent.latest_charge);
  tx.soon("charge.settle", intent.latest_charge);
}
