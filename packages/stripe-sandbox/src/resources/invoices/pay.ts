import { ApiError, invalid } from "../../http/errors";
import { bool, hash, text, unsupported } from "../../http/params";
import type { Invoice } from "../../tables";
import type { Tx } from "../../transaction";
import { declined } from "../payment-intents/confirm";
import { saveToCustomer } from "../payment-methods/attach";
import { usePaymentMethod } from "../payment-methods/use";
import { collectInvoice, noPaymentMethod, paymentMethodFor } from "./collect";
import { markPaid } from "./mark-paid";
import { paymentIntentOf } from "./payment-of";

export const payParams = hash({
  forgive: bool,
  mandate: unsupported,
  off_session: bool,
  paid_out_of_band: bool,
  payment_method: text,
  source: unsupported,
});
export function payOutOfBand(tx: Tx, id: string): void {
  markPaid(tx, id, { events: ["invoice.paid"] });
}

export function payByCard(tx: Tx, invoice: Invoice, given: ReturnType<typeof payParams>): void {
  const named = given.payment_method && usePaymentMethod(tx, given.payment_method).id;
  if (named && invoice.customer && given.payment_method?.startsWith("pm_card_"))
    saveToCustomer(tx, named, invoice.customer);
  if (named && tx.need("payment_methods", named).customer !== invoice.customer) {
    throw invalid(
      "The payment method must be attached to the customer of this invoice.",
      "payment_method_customer_mismatch",
      "payment_method",
    );
  }
  const method = named ?? paymentMethodFor(tx, invoice);
  if (!method) throw noPaymentMethod();
  const offSession = given.off_session ?? true;
  const result = collectInvoice(tx, invoice.id, method, { offSession });
  const intent = paymentIntentOf(tx, invoice.id) ?? "";
  if (result === "declined") throw declined(tx, intent, false);
  if (result === "requires_action") throw mustAuthenticate(tx, intent);
}

/** The customer can go on with the client secret of the intent. */
function mustAuthenticate(tx: Tx, intent: string): ApiError {
  const body = {
    code: "invoice_payment_intent_requires_action",
    message:
      "Payment for this invoice requires additional user action before it can be completed successfully.",
    payment_intent: tx.view("payment_intents", intent),
    type: "card_error" as const,
  };
  return new ApiError(402, body, true);
}
