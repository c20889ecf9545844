import { round } from "../../../engine/money";
import { amountFor } from "../../../engine/price-amount";
import { asForm } from "../../../http/bodies";
import { hash } from "../../../http/params";
import type { Tx } from "../../../transaction";
import { createPreview } from "../../invoices/preview/routes";
import { priceIn } from "../../prices/read";
import { periodEnd } from "../../subscriptions/cancel";
import type { Visit } from "../access";
import { action } from "./action";
import { changeParams, changesFor, flowWish, type Wish, wishOf } from "./update";

/** What a change would cost, by doing it and taking it back. */
export const previewUpdate = action(
  changeParams,
  (tx, visit, given) => preview(tx, visit, wishOf(tx, visit, given)),
  { flows: ["subscription_update"], completes: false },
);

export const previewConfirm = action(hash({}), (tx, visit) => preview(tx, visit, flowWish(tx, visit)), {
  flows: ["subscription_update_confirm"],
  completes: false,
});

function preview(tx: Tx, visit: Visit, wish: Wish): object {
  const price = tx.need("prices", wish.price);
  const { currency } = wish.subscription;
  const regular = {
    amount: round(amountFor(priceIn(price, currency), wish.quantity)),
    currency,
    interval: price.recurring?.interval ?? "month",
    interval_count: price.recurring?.interval_count ?? 1,
  };
  if (wish.waits) return { regular, starts_at: periodEnd(wish.subscription), invoice: null };
  return { regular, starts_at: tx.now, invoice: previewInvoice(tx, visit, wish) };
}

function previewInvoice(tx: Tx, visit: Visit, wish: Wish): unknown {
  const { discounts, payment_behavior: _behavior, ...details } = changesFor(visit, wish);
  const run = createPreview.prepare(
    asForm({ subscription: wish.subscription.id, subscription_details: details, discounts }),
  );
  return run({ tx, ids: [""], fromBrowser: false, expand: [] });
}
