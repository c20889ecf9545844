import { ApiError, invalid } from "../../http/errors";
import type { CheckoutOrder, CheckoutSession } from "../../tables";
import type { Tx } from "../../transaction";
import { checkOwner } from "../payment-intents/confirm";
import { newPaymentMethod, usePaymentMethod } from "../payment-methods/use";
import { adjustOrder } from "./adjust";
import { keepAnswers, readBuyer } from "./buyer";
import { completeSession } from "./complete";
import type { Completion } from "./completion";
import { buyerAsCustomer } from "./details";
import { checkDiscount } from "./discount";
import { expireSession } from "./expire";
import { payOrder } from "./pay-order";
import { checkBought, checkTotal } from "./purchase";
import { saveCard } from "./save-card";
import { orderIsUnchanged, subscribe } from "./subscribe";
import { totalUpSession } from "./totals";

export type Outcome =
  | { status: "complete" }
  /** The bank asks for the customer; the challenge belongs to this secret. */
  | { status: "requires_action"; client_secret: string };

/** What the button of the page does. A second click finds it complete; after a decline it is still open. */
export function confirmSession(tx: Tx, id: string, given: Completion): Outcome {
  const session = tx.need("checkout_sessions", id);
  if (session.status === "complete") return { status: "complete" };
  requireOpen(tx, session);
  if (session.mode !== "setup") adjustOrder(tx, session, given);
  checkPurchase(tx, id);
  const buyer = readBuyer(tx, session, given);
  keepAnswers(tx, session, given);
  const customer = buyerAsCustomer(tx, session, tx.need("checkout_orders", id), buyer);
  const offered = session.mode === "subscription" && Boolean(given.payment_method || given.card);
  const method =
    offered || needsCard(tx.need("checkout_sessions", id))
      ? chooseMethod(tx, tx.need("checkout_orders", id), { ...given, buyer, customer })
      : null;
  const order = tx.patch("checkout_orders", id, { buyer, customer, method });
  return attempt(tx, order, given.save_card ?? false);
}

function attempt(tx: Tx, order: CheckoutOrder, keeps: boolean): Outcome {
  const session = tx.need("checkout_sessions", order.id);
  if (session.mode === "setup") return saveCard(tx, session, order);
  if (session.mode === "subscription") return subscribe(tx, session, order);
  if (session.amount_total !== 0) return payOrder(tx, session, order, keeps);
  completeSession(tx, session.id, "no_payment_required");
  return { status: "complete" };
}

export function requireOpen(tx: Tx, session: CheckoutSession): void {
  if (session.status === "open" && tx.now < session.expires_at) return;
  if (session.status === "open") expireSession(tx, session.id);
  const { status } = tx.need("checkout_sessions", session.id);
  throw new ApiError(
    400,
    invalid(`This Checkout Session is ${status}.`, "checkout_session_not_open").body,
    status === "expired",
  );
}

function checkPurchase(tx: Tx, id: string): void {
  const session = totalUpSession(tx, id);
  if (session.mode === "setup") return;
  checkBought(tx, session);
  checkTotal(tx, id);
  const order = tx.need("checkout_orders", id);
  if (!orderIsUnchanged(tx, order)) checkDiscount(tx, order);
}

/** Something is due now, or will be and the session insists on a card for it. */
export function needsCard(session: CheckoutSession): boolean {
  if (session.amount_total !== 0) return true;
  return session.mode !== "payment" && session.payment_method_collection !== "if_required";
}

function chooseMethod(
  tx: Tx,
  order: CheckoutOrder,
  given: Completion & Pick<CheckoutOrder, "buyer" | "customer">,
): string {
  const { payment_method: token, card, buyer, customer } = given;
  if (!token && !card) throw invalid("A payment method is required.", "parameter_missing", "payment_method");
  const method = card
    ? newPaymentMethod(tx, {
        card,
        billing_details: { email: buyer?.email, name: buyer?.name, address: buyer?.address ?? undefined },
      })
    : usePaymentMethod(tx, token ?? "");
  checkOwner(tx, method.id, customer);
  if (method.customer === null) {
    const allowed = order.given.payment_method_data?.allow_redisplay;
    tx.patch("payment_methods", method.id, { allow_redisplay: allowed ?? redisplayOf(tx, order, given) });
  }
  return method.id;
}

/** A card that renews may be shown again only where its owner asked for that. */
function redisplayOf(tx: Tx, { id }: CheckoutOrder, given: Completion) {
  const { mode } = tx.need("checkout_sessions", id);
  if (given.save_card) return "always";
  return mode === "payment" ? "unspecified" : "limited";
}
