import type pg from "pg";
import { recordFromStripe } from "../db/sql/audit";
import {
  type DecidedOperation,
  type MakingKind,
  succeedAnsweredOperation,
  succeedCancellationOf,
  succeedOperation,
} from "../db/sql/operations";
import { historyOf, isOperationKind } from "./rules";

/** The object that a money operation has made at Stripe: it names the operation in its metadata. */
export interface MadeByOperation {
  id: string;
  metadata: Record<string, string> | null;
  status?: string | null;
}

/** Called by every sync: whoever sees the object first, verb, webhook or janitor, decides its operation. */
export async function settleByMetadata(
  client: pg.PoolClient,
  customerId: string,
  kind: MakingKind,
  object: MadeByOperation,
): Promise<void> {
  const id = object.metadata?.operation_id;
  if (!id) return;
  const decided = await succeedOperation(client, { customerId, id, kind, stripeObjectId: object.id });
  if (decided) await recordSettled(client, customerId, decided, object);
}

/** A cancellation leaves no mark of its own: the subscription having ended is the proof. */
export async function settleCancellation(
  client: pg.PoolClient,
  customerId: string,
  subscription: { id: string; status: string },
): Promise<void> {
  for (const decided of await succeedCancellationOf(client, customerId, subscription.id)) {
    await recordSettled(client, customerId, decided, subscription);
  }
}

/** What is changed leaves no mark that names the operation: the answer of Stripe is the proof. */
export async function settleAnswered(
  client: pg.PoolClient,
  operation: { customerId: string; id: string; targetId: string | null },
  answer: { id: string; status?: string | null },
): Promise<void> {
  const id = operation.targetId ?? answer.id;
  const decided = await succeedAnsweredOperation(client, operation, id);
  if (!decided) return;
  await recordSettled(client, operation.customerId, decided, { id, status: answer.status });
}

async function recordSettled(
  client: pg.PoolClient,
  customerId: string,
  operation: DecidedOperation,
  object: { id: string; status?: string | null },
): Promise<void> {
  if (!isOperationKind(operation.kind)) return;
  const words = historyOf[operation.kind];
  await recordFromStripe(client, {
    action: words.settled,
    customerId,
    targetType: words.target,
    targetId: object.id,
    operationId: operation.id,
    after: object.status ? { status: object.status } : undefined,
  });
}
