import { type Intent, intentBySecret } from "../resources/client-secret";
import { customerOfSession, type SessionCustomer } from "../resources/customer-sessions";
import { detachPaymentMethod } from "../resources/payment-methods/detach";
import type { PaymentMethod } from "../tables";
import type { Tx } from "../transaction";
import { ApiError, invalid, missing } from "./errors";

/** What the form has to know before anything is typed, about the intent and about the customer. */
export function elementsSession(
  tx: Tx,
  secrets: { intent?: string | undefined; customerSession?: string | undefined },
): object {
  const { intent: secret, customerSession } = secrets;
  const customer = customerSession ? customerOfSession(tx, customerSession) : undefined;
  const shared = {
    payment_method_types: ["card"],
    merchant: tx.settings.account.name,
    ...(customer && { customer: shownCustomer(customer) }),
  };
  if (secret === undefined && customer) return { ...shared, type: null, card: null };
  const intent = intentBySecret(tx, secret);
  if (customer && intent.row.customer && intent.row.customer !== customer.id) {
    throw invalid(
      "The CustomerSession and the intent belong to different customers.",
      undefined,
      "customer_session_client_secret",
    );
  }
  return { ...shared, ...shownIntent(tx, intent) };
}

function shownIntent(tx: Tx, intent: Intent): object {
  const { card } = (intent.row.payment_method && tx.get("payment_methods", intent.row.payment_method)) || {};
  const money = intent.kind === "payment_intent" ? intent.row : undefined;
  return {
    type: intent.kind,
    amount: money?.amount ?? null,
    currency: money?.currency ?? null,
    capture_method: money?.capture_method ?? null,
    setup_future_usage: money?.setup_future_usage ?? null,
    status: intent.row.status,
    card: card ? { brand: card.brand, last4: card.last4 } : null,
  };
}

function shownCustomer({ id, features, payment_methods: methods }: SessionCustomer): object {
  return { id, features, payment_methods: methods.map(shownMethod) };
}

function shownMethod({ id, type, billing_details, card }: PaymentMethod): object {
  const { brand, last4, exp_month, exp_year } = card ?? {};
  return { id, type, billing_details, card: { brand, last4, exp_month, exp_year } };
}

/** The customer forgets a card, where the session allows it and shows that card. */
export function removeSavedMethod(tx: Tx, id: string, customerSession: string | undefined): object {
  const customer = customerOfSession(tx, customerSession ?? "");
  if (customer.features?.payment_method_remove !== "enabled") {
    throw new ApiError(403, {
      message: "This CustomerSession does not allow payment methods to be removed.",
      type: "invalid_request_error",
    });
  }
  const method = customer.payment_methods.find((shown) => shown.id === id);
  if (!method) throw missing("PaymentMethod", id, "id", 404);
  detachPaymentMethod(tx, id);
  return shownMethod(method);
}
