import { type Completion, completionParams } from "../resources/checkout/completion";
import { confirmSession, needsCard } from "../resources/checkout/confirm";
import type { CheckoutSession } from "../tables";
import type { World } from "../world";
import { asForm } from "./bodies";
import { finishChallenge } from "./challenges";
import { inCheckout } from "./checkout-page";
import { ApiError, invalid } from "./errors";

export type CheckoutCompletion = Completion & {
  /** The customer's answer to the bank, if it asks; left out, the challenge stays open. */
  three_d_secure?: "complete" | "fail";
};

export interface CheckoutResult {
  status: "complete" | "requires_action";
  /** Of the intent whose challenge is open. */
  client_secret?: string;
  session: CheckoutSession;
}

/** The page without a browser. Says nothing else, a test pays with `pm_card_visa` as buyer@example.com. */
export function completeCheckout(world: World, id: string, given: CheckoutCompletion = {}): CheckoutResult {
  const { three_d_secure: answer, ...typed } = given;
  const params = completionParams(asForm(typed), "");
  const outcome = inCheckout(world, id, (tx, session) => {
    const hasCard = params.payment_method !== undefined || params.card !== undefined;
    const payment_method = hasCard || !needsCard(session) ? params.payment_method : "pm_card_visa";
    return confirmSession(tx, id, { email: "buyer@example.com", ...params, payment_method });
  });
  if (outcome.status === "requires_action" && answer)
    answerChallenge(world, id, outcome.client_secret, answer);
  return inCheckout(world, id, (_tx, session) =>
    session.status === "complete" ? { status: "complete", session } : { ...outcome, session },
  );
}

function answerChallenge(world: World, id: string, secret: string, answer: string): void {
  const intent = secret.split("_secret_")[0] ?? "";
  const refused = inCheckout(world, id, (tx) => {
    finishChallenge(tx, intent, secret, answer);
    const { last_payment_error: payment } = tx.get("payment_intents", intent) ?? {};
    return payment ?? tx.get("setup_intents", intent)?.last_setup_error;
  });
  if (!refused) return;
  const { code, decline_code, message = "Your card was declined." } = refused;
  throw new ApiError(402, { type: "card_error", message, code, decline_code });
}

export function readCompletion(body: Record<string, unknown>): CheckoutCompletion {
  const { three_d_secure: answer, ...typed } = body;
  if (answer !== undefined && answer !== "complete" && answer !== "fail")
    throw invalid("three_d_secure is complete or fail.", undefined, "three_d_secure");
  return { ...completionParams(asForm(typed), ""), ...(answer && { three_d_secure: answer }) };
}
