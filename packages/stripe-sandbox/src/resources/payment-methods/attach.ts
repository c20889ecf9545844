import { behaviourOf } from "../../cards";
import { outcomeOf } from "../../engine/card-outcome";
import { invalid } from "../../http/errors";
import type { PaymentMethod } from "../../tables";
import type { Tx } from "../../transaction";
import { cardError } from "./use";

/** The bank is asked first: a card that it refuses is not attached. */
export function attachPaymentMethod(tx: Tx, id: string, customer: string): PaymentMethod {
  const card = behaviourOf(tx.need("cards", id).behaviour);
  const outcome = outcomeOf(card, { purpose: "setup", offSession: false, authenticated: true, setUp: false });
  if (outcome.kind === "declined") {
    const { code, message, declineCode } = outcome.decline;
    throw cardError(code, message, undefined, declineCode);
  }
  return saveToCustomer(tx, id, customer);
}

/** For a card the bank has just accepted. */
export function saveToCustomer(tx: Tx, id: string, customer: string): PaymentMethod {
  const method = tx.need("payment_methods", id, "payment_method");
  if (method.customer === customer) return method;
  if (method.customer) {
    throw invalid(
      "The payment method you provided has already been attached to a customer.",
      "payment_method_unexpected_state",
      "payment_method",
    );
  }
  if (tx.get("cards", id)?.detached) {
    throw invalid(
      "This PaymentMethod was previously used without being attached to a Customer or was detached from a Customer, and may not be used again.",
      "payment_method_invalid_parameter",
      "payment_method",
    );
  }
  tx.need("customers", customer, "customer");
  tx.emit("payment_method.attached", "payment_methods", id);
  return tx.patch("payment_methods", id, {
    customer,
    ...(method.card && { card: { ...method.card, checks: checksOf(tx, method) } }),
  });
}

export function checksOf(
  tx: Tx,
  method: PaymentMethod,
): NonNullable<NonNullable<PaymentMethod["card"]>["checks"]> {
  const card = behaviourOf(tx.need("cards", method.id).behaviour);
  const { line1, postal_code: zip } = method.billing_details.address ?? {};
  const check = (given: unknown, failing: string) => {
    if (!given) return null;
    if (card.addressCheck === "unchecked") return "unchecked";
    return card.addressCheck === "fail" || card.addressCheck === failing ? "fail" : "pass";
  };
  return {
    address_line1_check: check(line1, "fail_line1"),
    address_postal_code_check: check(zip, "fail_zip"),
    cvc_check: method.card?.checks?.cvc_check ? card.cvcCheck : null,
  };
}
