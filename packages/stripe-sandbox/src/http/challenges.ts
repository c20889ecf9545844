import { intentBySecret, shownTo } from "../resources/client-secret";
import { followPayment } from "../resources/invoices/follow-payment";
import { attemptPayment, failWithoutCharge } from "../resources/payment-intents/attempt";
import { attemptSetup, failSetup } from "../resources/setup-intents/attempt";
import type { Tx } from "../transaction";
import { invalid } from "./errors";

const abandoned =
  "We are unable to authenticate your payment method. Please choose a different payment method and try again.";

/** The customer answered the bank's challenge. The intent goes on where it stopped. */
export function finishChallenge(
  tx: Tx,
  id: string,
  secret: string | undefined,
  outcome: string | undefined,
): object {
  const intent = intentBySecret(tx, secret);
  if (intent.row.id !== id)
    throw invalid("The client_secret belongs to another intent.", undefined, "client_secret");
  if (outcome !== "complete" && outcome !== "fail")
    throw invalid("outcome must be complete or fail.", undefined, "outcome");
  if (intent.row.status !== "requires_action") {
    throw invalid(
      `There is no challenge to answer: the intent has a status of ${intent.row.status}.`,
      `${intent.kind}_unexpected_state`,
    );
  }
  if (intent.kind === "payment_intent") finishPayment(tx, id, outcome);
  else finishSetup(tx, id, outcome);
  return shownTo(true, tx.view(intent.kind === "payment_intent" ? "payment_intents" : "setup_intents", id));
}

function finishPayment(tx: Tx, id: string, outcome: "complete" | "fail"): void {
  if (outcome === "complete") attemptPayment(tx, id, { offSession: false, authenticated: true });
  else
    failWithoutCharge(tx, tx.need("payment_intents", id), {
      code: "payment_intent_authentication_failure",
      message: abandoned,
    });
  followPayment(tx, id);
}

function finishSetup(tx: Tx, id: string, outcome: "complete" | "fail"): void {
  if (outcome === "complete") attemptSetup(tx, id, { authenticated: true });
  else failSetup(tx, id, { code: "setup_intent_authentication_failure", message: abandoned });
}
