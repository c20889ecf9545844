import { setTimeout as delay } from "node:timers/promises";
import type { Billing } from "../context";
import { BillingError, notAllowed } from "../errors";
import { applyAnswer } from "./apply-answer";
import type { Answer, Operation } from "./kinds";
import { isUndecided } from "./rules";
import { submit } from "./submit";

/** Stripe, then settle. */
export async function carryOut(
  billing: Billing,
  operation: Operation,
  options?: { again: boolean },
): Promise<Answer> {
  const answer = await submit(billing, operation, options);
  await applyAnswer(billing, operation.customerId, answer, operation);
  return answer;
}

/** Repeating it is how every kind of doubt about an undecided operation is ended. */
export const carryOutAgain = (billing: Billing, operation: Operation): Promise<Answer> =>
  carryOut(billing, operation, { again: true });

/** How long the request that submitted an operation may take before somebody else asks Stripe again. */
const patienceMs = 10_000;

/** The operation once it is decided: waits for whoever submitted it, and asks Stripe itself if nobody answers. */
export async function decided(
  billing: Billing,
  operation: Pick<Operation, "customerId" | "id">,
): Promise<Operation> {
  const deadline = performance.now() + patienceMs;
  for (let pauseMs = 40; ; pauseMs = Math.min(pauseMs * 1.5, 400)) {
    const current = await findOperation(billing, operation);
    if (!isUndecided(current)) return current;
    const waitedLongEnough = performance.now() > deadline || isOld(current);
    if (current.state === "unknown" || waitedLongEnough) {
      await repeat(billing, current);
      return findOperation(billing, operation);
    }
    await delay(pauseMs);
  }
}

/** Throws what the person who asked first was told. */
export function refuseAgain(operation: Operation): never {
  const message = operation.failureMessage ?? "This was refused before. Please start again.";
  throw notAllowed(operation.failureReason ?? "operation_failed", message);
}

const isOld = (operation: Operation) => Date.now() - operation.submittedAt.getTime() > 60_000;

const findOperation = (billing: Billing, { customerId, id }: Pick<Operation, "customerId" | "id">) =>
  billing.db.moneyOperation.findUniqueOrThrow({ where: { customerId_id: { customerId, id } } });

/** A refusal is written down and read by the caller; a second silence is the caller's to report. */
async function repeat(billing: Billing, operation: Operation): Promise<void> {
  try {
    await carryOutAgain(billing, operation);
  } catch (error) {
    if (error instanceof BillingError && error.reason !== "outcome_unknown") return;
    throw error;
  }
}
