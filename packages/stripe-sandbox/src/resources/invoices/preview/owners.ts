import { statusOfNothingComing } from "../../../decisions/http";
import { invalid } from "../../../http/errors";
import { fullAddress } from "../../../http/params";
import type { Subscription } from "../../../tables";
import type { Tx } from "../../../transaction";
import { newCustomer } from "../../customers";
import type { PreviewParams } from "./params";

const live = ["active", "trialing", "past_due", "unpaid", "paused"];

/** Whose invoice is asked about. A customer alone means the subscription that renews first, if there is one. */
export function customerOf(
  tx: Tx,
  given: PreviewParams,
): { customer: string; subscription: Subscription | undefined } {
  const schedule = given.schedule ? tx.need("subscription_schedules", given.schedule, "schedule") : undefined;
  if (schedule && !["active", "not_started"].includes(schedule.status)) {
    const message = `A subscription schedule with status ${schedule.status} has no upcoming invoice.`;
    throw invalid(message, "invoice_upcoming_none", "schedule", statusOfNothingComing());
  }
  const named = given.subscription ?? schedule?.subscription ?? undefined;
  const subscription = named ? tx.need("subscriptions", named, "subscription") : undefined;
  if (subscription && !live.includes(subscription.status)) {
    throw invalid(
      `A subscription with status ${subscription.status} has no upcoming invoice.`,
      "invoice_upcoming_none",
      "subscription",
      statusOfNothingComing(),
    );
  }
  const scheduled = schedule && String(schedule.customer);
  const customer = subscription?.customer ?? scheduled ?? given.customer ?? strangerOf(tx, given);
  if (given.customer && customer !== given.customer)
    throw invalid("The subscription belongs to another customer.", undefined, "customer");
  tx.need("customers", customer, "customer");
  describe(tx, customer, given);
  const asksForNew = schedule !== undefined || given.schedule_details !== undefined || asksForItems(given);
  return { customer, subscription: subscription ?? (asksForNew ? undefined : firstToRenew(tx, customer)) };
}

function asksForItems(given: PreviewParams): boolean {
  return given.subscription_details?.items !== undefined || given.invoice_items !== undefined;
}

function firstToRenew(tx: Tx, customer: string): Subscription | undefined {
  const renewsAt = (row: Subscription) => Math.min(...row.items.data.map((item) => item.current_period_end));
  return tx
    .by("subscriptions", "customer", customer)
    .filter((row) => live.includes(row.status) && row.status !== "paused")
    .sort((left, right) => renewsAt(left) - renewsAt(right))[0];
}

/** Someone who is not a customer yet. */
function strangerOf(tx: Tx, given: PreviewParams): string {
  const asked = given.customer_details ?? given.schedule_details ?? given.subscription_details;
  if (!asked && !given.invoice_items)
    throw invalid("Missing required param: customer.", "parameter_missing", "customer");
  return tx.put("customers", newCustomer(tx)).id;
}

function describe(tx: Tx, customer: string, { customer_details: details }: PreviewParams): void {
  if (!details) return;
  const { address, shipping, tax_exempt: exempt } = details;
  tx.patch("customers", customer, {
    ...(address !== undefined && { address: address && fullAddress(address) }),
    ...(shipping !== undefined && {
      shipping: shipping && {
        ...shipping,
        phone: shipping.phone ?? null,
        address: fullAddress(shipping.address),
      },
    }),
    ...(exempt !== undefined && { tax_exempt: exempt ?? "none" }),
  });
}
