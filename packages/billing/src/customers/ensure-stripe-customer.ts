import { randomUUID } from "node:crypto";
import type { Ctx, Tx } from "../context";
import { notAllowed, notFound } from "../errors";
import { carryOut, decided, refuseAgain } from "../operations/carry-out";
import type { Operation } from "../operations/kinds";
import { operationMetadata, reserve } from "../operations/reserve";
import { isUndecided } from "../operations/rules";
import { withCustomerLocked } from "../operations/with-customer-locked";

/** The Stripe id of one of our customers, made when it is first needed; however many ask at once, made once. */
export async function ensureStripeCustomer(ctx: Ctx, customerId: string): Promise<string> {
  for (let round = 0; round < 3; round++) {
    const found = await withCustomerLocked(ctx, customerId, (tx) => reserveCustomer(tx, ctx, customerId));
    if (typeof found === "string") return found;
    if (found.isNew) return (await carryOut(ctx, found.operation)).id;
    const outcome = await decided(ctx, found.operation);
    if (outcome.state === "failed") refuseAgain(outcome);
    if (isUndecided(outcome)) break;
  }
  throw notAllowed(
    "customer_not_ready",
    "Your billing account is being set up. Please try again in a moment.",
  );
}

async function reserveCustomer(
  tx: Tx,
  ctx: Ctx,
  customerId: string,
): Promise<string | { operation: Operation; isNew: boolean }> {
  const customer = await tx.customer.findUnique({
    where: { id: customerId },
    select: { name: true, email: true, stripeCustomerId: true, deletedAt: true, closingAt: true },
  });
  if (!customer) throw notFound("customer");
  if (customer.deletedAt || customer.closingAt)
    throw notAllowed("customer_closed", "This billing account has been closed.");
  if (customer.stripeCustomerId) return customer.stripeCustomerId;
  const open = await tx.moneyOperation.findFirst({ where: { customerId, openSlot: "customer" } });
  if (open) return { operation: open, isNew: false };
  const id = randomUUID();
  const { name, email } = customer;
  const operation = await reserve(tx, ctx, {
    id,
    kind: "customer_create",
    customerId,
    request: { name, email },
    params: { name, email, metadata: operationMetadata(id, customerId) },
    openSlot: "customer",
    targetId: customerId,
  });
  return { operation, isNew: true };
}
