import type { Billing } from "../context";
import { recordFromStripe } from "../db/sql/audit";
import { doubtOperation, failOperation } from "../db/sql/operations";
import { inTransaction } from "../db/sql/transaction";
import { notAllowed } from "../errors";
import { outcomeOf, toBillingError } from "../stripe/errors";
import { keyLifetimeMs } from "../stripe/idempotency";
import { type Answer, kinds, type Operation } from "./kinds";
import { historyOf } from "./rules";

/** Asks Stripe. A refusal fails the operation and frees what it held; without an answer it becomes unknown. */
export async function submit(billing: Billing, operation: Operation): Promise<Answer> {
  try {
    const { call, probe } = kinds[operation.kind];
    if (Date.now() - operation.submittedAt.getTime() < keyLifetimeMs)
      return await call(billing.stripe, operation);
    const found = await probe(billing.stripe, operation);
    if (found) return found;
  } catch (error) {
    await notDone(billing, operation, error);
    throw toBillingError(error);
  }
  const message = "The request never reached the payment provider. Nothing was charged or returned.";
  await fail(billing, operation, "never_arrived", message);
  throw notAllowed("never_arrived", message);
}

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
