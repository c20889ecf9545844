import { ensureStripeCustomer } from "../customers/ensure-stripe-customer";
import type { CustomerUpdate } from "../customers/update-at-stripe";
import { carryOutOnce } from "../operations/carry-out-once";
import type { CustomerCtx } from "../trpc/procedures";
import { refreshNow } from "../webhooks/refresh-now";
import { billingDetails } from "./queries";
import type { BillingDetailsView, UpdateBillingDetailsInput } from "./schemas";

/** Who the invoices to come are made out to. Those that exist stay as they are. */
export async function updateBillingDetails(
  ctx: CustomerCtx,
  { operationId: id, ...details }: UpdateBillingDetailsInput,
): Promise<BillingDetailsView> {
  const { customerId } = ctx.actor;
  const customer = await ensureStripeCustomer(ctx, customerId);
  const params: CustomerUpdate = { customer, changes: changesOf(details) };
  const asked = { id, kind: "customer_update", customerId, request: details } as const;
  await carryOutOnce(ctx, asked, async () => ({ params, targetId: customerId }));
  await refreshNow(ctx, "customer", customer);
  return billingDetails(ctx, customerId);
}

function changesOf({
  name,
  email,
  phone,
  address,
  language,
}: Omit<UpdateBillingDetailsInput, "operationId">): CustomerUpdate["changes"] {
  return {
    name,
    email,
    phone,
    address: address ? stripeAddress(address) : "",
    preferred_locales: [language],
  };
}

/** Empty fields are left out: an address is written whole, so they are cleared by that. */
function stripeAddress(address: NonNullable<UpdateBillingDetailsInput["address"]>) {
  const { line1, line2, city, state, postalCode, country } = address;
  const fields = { line1, line2, city, state, postal_code: postalCode, country };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ""));
}
