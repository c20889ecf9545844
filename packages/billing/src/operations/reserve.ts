import { recordAudit } from "../audit/record";
import type { Ctx, Tx } from "../context";
import type { Prisma } from "../db/generated/client";
import { notAllowed } from "../errors";
import { requestHash } from "../stripe/idempotency";
import type { Operation } from "./kinds";
import { historyOf, type OperationKind } from "./rules";

export interface Intent {
  id: string;
  kind: OperationKind;
  customerId: string;
  /** What the person asked for: the same id with another request is refused. */
  request: unknown;
  /** What Stripe is asked for, exactly; metadata names the operation and the customer. */
  params: object;
  openSlot?: string;
  targetId?: string;
  amount?: bigint;
  currency?: string;
  reason?: string;
}

/** Call it with the customer or payment locked and the rules checked: from here on the money is spoken for. */
export async function reserve(tx: Tx, ctx: Ctx, intent: Intent): Promise<Operation> {
  const { id, kind, customerId, request, params, openSlot, targetId, amount, currency, reason } = intent;
  await refuseWhileClosing(tx, intent);
  const operation = await tx.moneyOperation.create({
    data: {
      id,
      kind,
      customerId,
      state: "submitted",
      openSlot,
      targetId,
      amount,
      currency,
      params: params as Prisma.InputJsonObject,
      requestHash: intentHash(intent),
      actorKind: ctx.actor.kind,
      actorId: ctx.actor.id,
    },
  });
  const words = historyOf[kind];
  await recordAudit(tx, ctx, {
    action: words.requested,
    customerId,
    targetType: words.target,
    targetId: targetId ?? id,
    operationId: id,
    reason,
    after: request,
  });
  return operation;
}

/** Whoever closes an account must not be charged by what somebody starts in the same moment. */
async function refuseWhileClosing(tx: Tx, { kind, customerId }: Intent): Promise<void> {
  if (endsSomething.has(kind)) return;
  const customer = await tx.customer.findUnique({ where: { id: customerId }, select: { closingAt: true } });
  if (!customer?.closingAt) return;
  throw notAllowed("customer_closed", "This billing account is being closed. Nothing new can be started.");
}

const endsSomething = new Set<OperationKind>([
  "subscription_cancel",
  "subscription_end",
  "card_detach",
  "refund_create",
]);

/** An id names one intent of one customer: with anything else changed, this differs. */
export const intentHash = ({ kind, customerId, request }: Pick<Intent, "kind" | "customerId" | "request">) =>
  requestHash({ kind, customerId, request });

/** What a Stripe object made by an operation carries, so that anyone who sees it can settle it. */
export const operationMetadata = (operationId: string, customerId: string) => ({
  operation_id: operationId,
  customer_id: customerId,
});
