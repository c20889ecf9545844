import { notFound } from "../errors";
import { carryOutOnce } from "../operations/carry-out-once";
import type { CustomerCtx } from "../trpc/procedures";
import { refreshNow } from "../webhooks/refresh-now";
import { billingDetails } from "./queries";
import type { BillingDetailsView, RemoveTaxIdInput } from "./schemas";

export async function removeTaxId(
  ctx: CustomerCtx,
  { operationId: id, taxId }: RemoveTaxIdInput,
): Promise<BillingDetailsView> {
  const { customerId } = ctx.actor;
  await refuseUnknown(ctx, id, taxId);
  const asked = { id, kind: "tax_id_delete", customerId, request: { taxId } } as const;
  const { operation } = await carryOutOnce(ctx, asked, async (tx) => {
    const found = await tx.customerTaxId.findUnique({
      where: { customerId_id: { customerId, id: taxId } },
      select: { customer: { select: { stripeCustomerId: true } } },
    });
    const customer = found?.customer.stripeCustomerId;
    if (!customer) throw notFound("tax_id");
    const openSlot = `tax_id:${taxId}`;
    const open = await tx.moneyOperation.findFirst({ where: { customerId, openSlot } });
    return open ?? { params: { customer, id: taxId }, openSlot, targetId: taxId };
  });
  await refreshNow(ctx, "customer", (operation.params as { customer: string }).customer);
  return billingDetails(ctx, customerId);
}

/** Of what is gone a repetition of its own removal may still ask. */
async function refuseUnknown({ db, actor }: CustomerCtx, operationId: string, id: string): Promise<void> {
  const { customerId } = actor;
  const found = await db.customerTaxId.count({ where: { customerId, id } });
  const removal = { customerId, id: operationId, kind: "tax_id_delete", targetId: id } as const;
  if (found === 0 && (await db.moneyOperation.count({ where: removal })) === 0) throw notFound("tax_id");
}
