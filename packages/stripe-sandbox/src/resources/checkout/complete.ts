import type { CheckoutOrder, CheckoutSession } from "../../tables";
import type { Tx } from "../../transaction";
import { spendReserved } from "../discounts/redeem";
import { detailsAfter } from "./details";

/** The one place where `checkout.session.completed` is made. */
export function completeSession(tx: Tx, id: string, paymentStatus: CheckoutSession["payment_status"]): void {
  const order = tx.need("checkout_orders", id);
  tx.unschedule(id, "checkout_session.expire");
  const session = tx.patch("checkout_sessions", id, {
    customer: order.customer,
    payment_status: paymentStatus,
    status: "complete",
    url: null,
    ...subscriptionFields(tx, order),
  });
  if (order.discount && session.mode === "payment")
    spendReserved(tx, order.discount, { customer: order.customer });
  if (order.buyer) {
    const { business_name, individual_name } = order.buyer;
    tx.patch("checkout_sessions", id, {
      collected_information: {
        business_name,
        individual_name,
        shipping_details: session.collected_information?.shipping_details ?? null,
      },
      customer_details: detailsAfter(tx, session, order.buyer),
    });
  }
  tx.emit("checkout.session.completed", "checkout_sessions", id);
}

/** The discount the session showed becomes that of the subscription. */
function subscriptionFields(tx: Tx, order: CheckoutOrder): Partial<CheckoutSession> {
  const subscription = tx.get("subscriptions", tx.need("checkout_orders", order.id).subscription ?? "");
  if (!subscription) return {};
  const invoice = tx.get("invoices", subscription.latest_invoice ?? "");
  const real = invoice?.discounts[0] ?? subscription.discounts[0];
  if (order.discount && real) replaceDiscount(tx, order.id, order.discount, real);
  return { invoice: invoice?.id ?? null, subscription: subscription.id };
}

function replaceDiscount(tx: Tx, session: string, shown: string, real: string): void {
  tx.patch("checkout_orders", session, { discount: real });
  tx.remove("discounts", shown);
  for (const item of tx.by("checkout_items", "session", session)) {
    const discounts = item.discounts.map((share) => ({
      ...share,
      discount: share.discount === shown ? real : share.discount,
    }));
    tx.patch("checkout_items", item.id, { discounts });
  }
}
