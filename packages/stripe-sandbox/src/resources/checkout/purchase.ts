import { smallestCharge } from "../../engine/money";
import { boundary } from "../../engine/periods";
import { invalid } from "../../http/errors";
import type { CheckoutSession, Price } from "../../tables";
import type { Tx } from "../../transaction";
import { newCustomer } from "../customers";
import { checkAmount } from "../payment-intents/create";
import { priceIn } from "../prices/read";
import { checkTogether, currencyFor, intervalOf } from "../subscriptions/items";
import { activePrice, itemsOf, priceOfGiven, putItem } from "./items";
import type { SessionGiven } from "./params";
import type { ItemGiven } from "./params-items";
import { trialEnd } from "./totals";

const mostInPayment = 100;
const mostInSubscription = 20;
const mostOptional = 10;

export interface Purchase {
  currency: string;
  prices: Price[];
}

/** The prices of what is sold, in one currency, and within what the mode allows. */
export function readPurchase(tx: Tx, given: SessionGiven): Purchase {
  const { mode = "payment", line_items: items = [], optional_items: extras = [] } = given;
  if (items.length === 0)
    throw invalid("Missing required param: line_items.", "parameter_missing", "line_items");
  const prices = items.map((item, at) => priceOfGiven(tx, item, `line_items[${at}]`));
  const offered = extras.map((item, at) => activePrice(tx, item.price, `optional_items[${at}][price]`));
  if (extras.length > mostOptional)
    throw invalid(`You can pass up to ${mostOptional} optional items.`, undefined, "optional_items");
  checkMode(mode, prices, offered);
  const customer = given.customer ? tx.need("customers", given.customer, "customer") : newCustomer(tx);
  const currency = currencyFor(customer, prices, given.currency);
  for (const price of offered) priceIn(price, currency);
  checkAnchor(tx, given, prices);
  if (mode === "subscription")
    checkTogether(
      [...prices, ...offered].filter((price) => price.recurring),
      given.subscription_data?.billing_mode?.type ?? "flexible",
    );
  return { currency, prices };
}

function checkAnchor(tx: Tx, given: SessionGiven, prices: Price[]): void {
  const anchor = given.subscription_data?.billing_cycle_anchor;
  const from = trialEnd(tx, { given }) ?? tx.now;
  const recurring = prices.filter((price) => price.recurring);
  if (anchor === undefined || recurring.every((price) => anchor <= boundary(from, intervalOf(price), 1)))
    return;
  throw invalid(
    "billing_cycle_anchor cannot be later than the next natural billing date.",
    undefined,
    "subscription_data[billing_cycle_anchor]",
  );
}

export function checkMode(mode: string, prices: Price[], offered: Price[] = []): void {
  const recurring = [...prices, ...offered].filter((price) => price.recurring);
  const once = prices.length + offered.length - recurring.length;
  if (mode === "payment" && recurring.length > 0)
    throw invalid(
      "You specified `payment` mode but passed a recurring price. Either switch to `subscription` mode or use only one-time prices.",
      undefined,
      "line_items",
    );
  if (mode === "subscription" && !prices.some((price) => price.recurring))
    throw invalid(
      "You must provide at least one recurring price in `subscription` mode when using prices.",
      undefined,
      "line_items",
    );
  const tooMany =
    mode === "payment" ? once > mostInPayment : Math.max(once, recurring.length) > mostInSubscription;
  if (!tooMany) return;
  throw invalid(
    mode === "payment"
      ? `A Checkout Session can have up to ${mostInPayment} line items.`
      : `A Checkout Session can have up to ${mostInSubscription} recurring and ${mostInSubscription} one-time line items.`,
    undefined,
    "line_items",
  );
}

export function putItems(tx: Tx, session: CheckoutSession, items: ItemGiven[], prices: Price[]): void {
  items.forEach((item, position) => {
    const price = prices[position];
    if (!price) throw new Error(`line_items[${position}] has no price`);
    putItem(tx, session.id, item, {
      price,
      currency: session.currency ?? price.currency,
      position,
      param: `line_items[${position}]`,
    });
  });
}

/** A payment is nothing at all or at least the smallest amount a card can be charged. */
export function checkTotal(tx: Tx, id: string): void {
  const { mode, amount_total: total, currency } = tx.need("checkout_sessions", id);
  if (mode !== "payment" || !total || !currency) return;
  const least = smallestCharge(currency);
  if (total >= least) {
    checkAmount(total, currency);
    return;
  }
  throw invalid(
    `The Checkout Session's total amount due must add up to at least ${least} in the smallest unit of ${currency}.`,
    "amount_too_small",
  );
}

/** In payment mode somebody must buy something; a subscription needs something that recurs. */
export function checkBought(tx: Tx, session: CheckoutSession): void {
  const bought = itemsOf(tx, session.id).filter(({ quantity }) => quantity !== 0);
  if (bought.length === 0)
    throw invalid("The Checkout Session has nothing left to buy.", undefined, "line_items");
  checkMode(
    session.mode,
    bought.map(({ price }) => tx.need("prices", price)),
  );
}
