import { invalid } from "../../http/errors";
import type { CheckoutItem, CheckoutSession } from "../../tables";
import type { Tx } from "../../transaction";
import type { Adjustment } from "./completion";
import { applyDiscount, checkDiscount, codeByText, removeDiscount } from "./discount";
import { itemsOf, putItem } from "./items";
import { checkBought } from "./purchase";
import { totalUpSession } from "./totals";

/** What a customer may change on the page: quantities, additions, and one promotion code. */
export function adjustOrder(tx: Tx, session: CheckoutSession, given: Adjustment): void {
  const { quantities = {}, optional_items: extras = [], promotion_code: code } = given;
  for (const [id, quantity] of Object.entries(quantities)) adjustQuantity(tx, session, id, quantity);
  for (const extra of extras) takeExtra(tx, session, extra);
  totalUpSession(tx, session.id);
  if (Object.keys(quantities).length + extras.length > 0) {
    checkBought(tx, session);
    checkDiscount(tx, tx.need("checkout_orders", session.id));
  }
  if (code === undefined) return;
  if (!session.allow_promotion_codes)
    throw invalid("This Checkout Session takes no promotion codes.", undefined, "promotion_code");
  if (code === null) {
    removeDiscount(tx, session.id);
    return;
  }
  const id = code.startsWith("promo_") ? code : codeByText(tx, code, session.customer);
  applyDiscount(tx, session.id, { promotion_code: id }, "promotion_code");
}

function adjustQuantity(tx: Tx, session: CheckoutSession, id: string, quantity: number): void {
  const item = tx.get("checkout_items", id);
  if (item?.session !== session.id)
    throw invalid(`No such line item: '${id}'`, "resource_missing", "quantities");
  const extra = extraOf(session, item);
  if (extra && quantity === 0) {
    tx.remove("checkout_items", id);
    return;
  }
  tx.patch("checkout_items", id, { quantity: quantityWithin(item.adjustable_quantity, quantity) });
}

function takeExtra(tx: Tx, session: CheckoutSession, given: { price: string; quantity?: number }): void {
  const offer = session.optional_items?.find(({ price }) => price === given.price);
  if (!offer)
    throw invalid(
      `The session offers no optional item ${given.price}.`,
      "resource_missing",
      "optional_items",
    );
  const items = itemsOf(tx, session.id);
  const taken = items.find((item) => item.price === offer.price);
  const quantity =
    given.quantity === undefined || given.quantity === offer.quantity
      ? offer.quantity
      : quantityWithin(offer.adjustable_quantity, given.quantity);
  if (taken) {
    tx.patch("checkout_items", taken.id, { quantity });
    return;
  }
  const price = tx.need("prices", offer.price);
  const { id } = putItem(
    tx,
    session.id,
    { price: price.id, quantity },
    {
      price,
      currency: session.currency ?? price.currency,
      position: (items.at(-1)?.position ?? 0) + 1,
      param: "optional_items",
    },
  );
  tx.patch("checkout_items", id, { adjustable_quantity: offer.adjustable_quantity });
}

/** The offer behind a line that a customer added, and may take away again. */
function extraOf(session: CheckoutSession, item: CheckoutItem) {
  return session.optional_items?.find(({ price }) => price === item.price);
}

function quantityWithin(range: CheckoutItem["adjustable_quantity"], quantity: number): number {
  if (!range?.enabled) throw invalid("The quantity of this item is fixed.", undefined, "quantities");
  const { minimum, maximum } = range;
  if (Number.isInteger(quantity) && quantity >= (minimum ?? 0) && quantity <= (maximum ?? 99))
    return quantity;
  throw invalid(
    `The quantity must be from ${minimum ?? 0} to ${maximum ?? 99}.`,
    "parameter_invalid_integer",
    "quantities",
  );
}
