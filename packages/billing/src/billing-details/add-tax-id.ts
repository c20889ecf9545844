import { ensureStripeCustomer } from "../customers/ensure-stripe-customer";
import { notAllowed } from "../errors";
import { carryOutOnce } from "../operations/carry-out-once";
import type { CustomerCtx } from "../trpc/procedures";
import { refreshNow } from "../webhooks/refresh-now";
import { billingDetails } from "./queries";
import type { AddTaxIdInput, BillingDetailsView } from "./schemas";

/** Stripe asks the register afterwards; what it says arrives by webhook. */
export async function addTaxId(
  ctx: CustomerCtx,
  { operationId: id, kind: type, value }: AddTaxIdInput,
): Promise<BillingDetailsView> {
  const { customerId } = ctx.actor;
  const customer = await ensureStripeCustomer(ctx, customerId);
  const asked = { id, kind: "tax_id_create", customerId, request: { type, value } } as const;
  await carryOutOnce(ctx, asked, async (tx) => {
    if (await tx.customerTaxId.findFirst({ where: { customerId, type, value } })) throw known();
    const openSlot = `tax_id:${type}:${value}`;
    const open = await tx.moneyOperation.findFirst({ where: { customerId, openSlot } });
    return open ?? { params: { customer, type, value }, openSlot };
  });
  await refreshNow(ctx, "customer", customer);
  return billingDetails(ctx, customerId);
}

const known = () => notAllowed("tax_id_known", "This tax number is in the list already.");
