import { ApiError, missing } from "../http/errors";
import type { PaymentIntent, SetupIntent } from "../tables";
import type { Tx } from "../transaction";

export const paymentIntentSubset = [
  "id",
  "object",
  "amount",
  "canceled_at",
  "cancellation_reason",
  "capture_method",
  "client_secret",
  "confirmation_method",
  "created",
  "currency",
  "description",
  "last_payment_error",
  "livemode",
  "next_action",
  "payment_method",
  "payment_method_types",
  "receipt_email",
  "setup_future_usage",
  "shipping",
  "status",
];
export const setupIntentSubset = [
  "id",
  "object",
  "cancellation_reason",
  "client_secret",
  "created",
  "description",
  "last_setup_error",
  "livemode",
  "next_action",
  "payment_method",
  "payment_method_types",
  "status",
  "usage",
];

/** A publishable key proves its right to one intent with that intent's client secret. */
export function requireClientSecret(
  intent: { id: string; client_secret: string | null },
  noun: string,
  given: string | undefined,
): void {
  if (given === undefined) {
    throw new ApiError(401, {
      code: "secret_key_required",
      message: "A publishable key needs the client_secret of the object it asks for.",
      param: "client_secret",
      type: "invalid_request_error",
    });
  }
  if (given !== intent.client_secret) {
    throw new ApiError(400, {
      code: `${noun}_invalid_parameter`,
      message: `The client_secret provided does not match the client_secret associated with this ${noun === "payment_intent" ? "PaymentIntent" : "SetupIntent"}.`,
      param: "client_secret",
      type: "invalid_request_error",
    });
  }
}

export function shownTo(fromBrowser: boolean, intent: object): object {
  if (!fromBrowser) return intent;
  const subset = Reflect.get(intent, "object") === "setup_intent" ? setupIntentSubset : paymentIntentSubset;
  return Object.fromEntries(Object.entries(intent).filter(([key]) => subset.includes(key)));
}

export type Intent =
  | { kind: "payment_intent"; row: PaymentIntent }
  | { kind: "setup_intent"; row: SetupIntent };

export function intentBySecret(tx: Tx, secret: string | undefined): Intent {
  const id = (secret ?? "").split("_secret_")[0] ?? "";
  const payment = tx.get("payment_intents", id);
  const setup = tx.get("setup_intents", id);
  if (payment) {
    requireClientSecret(payment, "payment_intent", secret);
    return { kind: "payment_intent", row: payment };
  }
  if (!setup) throw missing("payment_intent", id, "client_secret", 404);
  requireClientSecret(setup, "setup_intent", secret);
  return { kind: "setup_intent", row: setup };
}
