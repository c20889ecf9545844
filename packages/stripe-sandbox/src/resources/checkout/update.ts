import { invalid } from "../../http/errors";
import { fullAddress, mergeMetadata } from "../../http/params";
import type { CheckoutItem, CheckoutSession } from "../../tables";
import type { Tx } from "../../transaction";
import { priceIn } from "../prices/read";
import { givenRates } from "../tax-rates";
import { checkDiscount } from "./discount";
import { adjustableFor, itemsOf, priceOfGiven, putItem, quantityFor } from "./items";
import type { SessionUpdate } from "./params";
import type { ItemUpdate } from "./params-items";
import { checkBought, checkMode, checkTotal } from "./purchase";
import { totalUpSession } from "./totals";

export function updateSession(tx: Tx, id: string, given: SessionUpdate): void {
  const session = tx.need("checkout_sessions", id);
  const { metadata, ...rest } = given;
  const onOpen = Object.keys(rest)[0];
  if (onOpen && session.status !== "open")
    throw invalid(`The session is ${session.status}; only its metadata can be updated.`, undefined, onOpen);
  if (metadata !== undefined)
    tx.patch("checkout_sessions", id, { metadata: mergeMetadata(session.metadata, metadata) });
  if (given.collected_information) collect(tx, session, given.collected_information);
  if (given.payment_intent_data) changeIntent(tx, session, given.payment_intent_data);
  if (given.line_items) replaceItems(tx, session, given.line_items);
}

function collect(
  tx: Tx,
  session: CheckoutSession,
  given: NonNullable<SessionUpdate["collected_information"]>,
) {
  if (session.ui_mode !== "embedded_page" && session.ui_mode !== "elements")
    throw invalid(
      "`collected_information` can only be set when `ui_mode` is `embedded_page` or `elements`.",
      undefined,
      "collected_information",
    );
  const { shipping_details: details } = given;
  tx.patch("checkout_sessions", session.id, {
    collected_information: {
      business_name: null,
      individual_name: null,
      shipping_details: details ? { address: fullAddress(details.address), name: details.name } : null,
    },
  });
}

function changeIntent(
  tx: Tx,
  session: CheckoutSession,
  given: NonNullable<SessionUpdate["payment_intent_data"]>,
) {
  if (session.ui_mode !== "elements" || session.mode !== "payment")
    throw invalid(
      "`payment_intent_data` can only be updated in `payment` mode when `ui_mode` is `elements`.",
      undefined,
      "payment_intent_data",
    );
  const order = tx.need("checkout_orders", session.id);
  const { metadata, ...plain } = given;
  const known = order.given.payment_intent_data ?? {};
  const kept = Object.fromEntries(
    Object.entries({ ...known, ...plain }).filter(([, value]) => value !== null),
  );
  const data = {
    ...kept,
    metadata:
      metadata === undefined ? (known.metadata ?? {}) : mergeMetadata(known.metadata ?? null, metadata),
  };
  tx.patch("checkout_orders", session.id, { given: { ...order.given, payment_intent_data: data } });
  if (!order.intent) return;
  const intent = tx.need("payment_intents", order.intent);
  tx.patch("payment_intents", intent.id, {
    ...plain,
    metadata: data.metadata,
    ...(intent.status === "requires_action" && {
      status: "requires_payment_method",
      next_action: null,
      payment_method: null,
    }),
  });
}

/** The whole list is sent again: what is named by id stays, what is not named goes. */
function replaceItems(tx: Tx, session: CheckoutSession, given: ItemUpdate[]): void {
  if (session.mode === "setup")
    throw invalid("You can not pass `line_items` in `setup` mode.", undefined, "line_items");
  const before = itemsOf(tx, session.id);
  const kept = new Set(given.map(({ id }) => id));
  for (const item of before) if (!kept.has(item.id)) tx.remove("checkout_items", item.id);
  for (const [position, entry] of given.entries()) {
    const param = `line_items[${position}]`;
    if (!entry.id) {
      addItem(tx, session, entry, { position, param });
      continue;
    }
    const item = before.find(({ id }) => id === entry.id);
    if (!item) throw invalid(`No such line item: '${entry.id}'`, "resource_missing", `${param}[id]`);
    changeItem(tx, item, entry, { position, param });
  }
  const items = itemsOf(tx, session.id);
  checkMode(
    session.mode,
    items.map(({ price }) => tx.need("prices", price)),
  );
  checkBought(tx, session);
  checkDiscount(tx, tx.need("checkout_orders", session.id));
  totalUpSession(tx, session.id);
  checkTotal(tx, session.id);
}

interface Place {
  position: number;
  param: string;
}

function addItem(tx: Tx, session: CheckoutSession, given: ItemUpdate, { position, param }: Place): void {
  const price = priceOfGiven(tx, given, param);
  const currency = session.currency ?? price.currency;
  priceIn(price, currency);
  putItem(tx, session.id, given, { price, currency, position, param });
}

function changeItem(tx: Tx, item: CheckoutItem, given: ItemUpdate, { position, param }: Place): void {
  const renamed = given.price !== undefined || given.price_data !== undefined;
  const price = renamed ? priceOfGiven(tx, given, param) : tx.need("prices", item.price);
  const quantity = given.quantity ?? item.quantity ?? undefined;
  tx.patch("checkout_items", item.id, {
    position,
    price: price.id,
    description: tx.need("products", String(price.product)).name,
    quantity: quantityFor(price, quantity, `${param}[quantity]`),
    ...(given.adjustable_quantity && {
      adjustable_quantity: adjustableFor(given.adjustable_quantity, `${param}[adjustable_quantity]`),
    }),
    ...(given.metadata !== undefined && { metadata: mergeMetadata(item.metadata, given.metadata) }),
    ...(given.tax_rates && {
      rates: givenRates(tx, given.tax_rates, `${param}[tax_rates]`).map(({ id }) => id),
    }),
  });
}
