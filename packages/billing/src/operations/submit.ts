import type { Billing } from "../context";
import { recordFromStripe } from "../db/sql/audit";
import { doubtOperation, failOperation, operationAgeMs } from "../db/sql/operations";
import { inTransaction } from "../db/sql/transaction";
import { notAllowed } from "../errors";
import { isKeptAnswer, isKeyRefused, outcomeOf, outcomeUnknown, toBillingError } from "../stripe/errors";
import { keyLifetimeMs } from "../stripe/idempotency";
import { type Answer, kinds, type Operation } from "./kinds";
import { historyOf } from "./rules";

/** Asks Stripe. A refusal fails the operation and frees what it held; without an answer it becomes unknown. */
export async function submit(
  billing: Billing,
  operation: Operation,
  { again }: { again: boolean } = { again: false },
): Promise<Answer> {
  try {
    const { call, probe } = kinds[operation.kind];
    // What is asked for the first time was reserved a moment ago.
    if (!again || (await ageOf(billing, operation)) < keyLifetimeMs)
      return await call(billing.stripe, operation);
    const found = await probe(billing.stripe, operation);
    if (found) return found;
  } catch (error) {
    const made = isKeptAnswer(error) ? await madeAllTheSame(billing, operation) : undefined;
    if (made) return made;
    // Who may not ask has learned nothing about what an earlier call has done.
    const told = again && isKeyRefused(error) ? outcomeUnknown(error) : error;
    await notDone(billing, operation, told);
    throw toBillingError(told);
  }
  const message = "The request never reached the payment provider. Nothing was charged or returned.";
  await fail(billing, operation, "never_arrived", message);
  throw notAllowed("never_arrived", message);
}

/** Stripe repeats a broken answer for as long as it keeps the key, whatever became of the object: so we look. */
async function madeAllTheSame(billing: Billing, operation: Operation): Promise<Answer | undefined> {
  const { probe, movesMoney } = kinds[operation.kind];
  const found = await probe(billing.stripe, operation).catch(() => null);
  if (found) return found;
  if (found === null || movesMoney) return undefined;
  if ((await ageOf(billing, operation)) < brokenForMs) return undefined;
  const message = "The payment provider could not do this. Nothing was charged. Please start again.";
  await fail(billing, operation, "provider_fault", message);
  throw notAllowed("provider_fault", message);
}

/** Long after this, an object that is not in Stripe's lists will not appear there any more. */
const brokenForMs = 10 * 60 * 1000;

/** By the clock of the database: to one that is ahead, a call that was just made would be beyond hope. */
const ageOf = (billing: Billing, operation: Operation): Promise<number> =>
  operationAgeMs(billing.pool, operation);

async function notDone(billing: Billing, operation: Operation, error: unknown): Promise<void> {
  if (outcomeOf(error) === "unknown") {
    billing.log.warn(
      { err: error, operationId: operation.id, kind: operation.kind },
      "operation without an answer",
    );
    await doubtOperation(billing.pool, operation);
    return;
  }
  const { reason, message } = toBillingError(error);
  billing.log.warn({ err: error, operationId: operation.id, kind: operation.kind }, "operation refused");
  await fail(billing, operation, reason, message);
}

async function fail(billing: Billing, operation: Operation, reason: string, message: string): Promise<void> {
  const { customerId, id, targetId } = operation;
  const words = historyOf[operation.kind];
  await inTransaction(billing.pool, async (client) => {
    const failed = await failOperation(client, { customerId, id, reason, message });
    if (!failed) return;
    await recordFromStripe(client, {
      action: words.failed,
      customerId,
      targetType: words.target,
      targetId: targetId ?? id,
      operationId: id,
      reason: message,
    });
  });
}
