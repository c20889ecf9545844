import type Stripe from "stripe";
import { catalog } from "../catalog";
import type { Billing } from "../context";
import { alone } from "../db/sql/advisory-lock";
import { inTransaction } from "../db/sql/transaction";
import { carryOutChange, type KnownIds } from "./carry-out-change";
import { compareCatalog } from "./compare-catalog";
import type { Catalog } from "./define-catalog";
import type { CatalogChange, Found } from "./rules";
import { syncPrice } from "./sync";

export interface AppliedCatalog {
  /** Lookup keys of prices. */
  created: string[];
  archived: string[];
  /** Steps that were taken, of every kind. */
  changes: number;
  /** Prices that were as they should be. */
  unchanged: number;
}

const catalogLock = 72707370;
const atOnce = 6;

/** Makes Stripe offer what the catalogue says. Can be interrupted anywhere and run again; two at once take turns. */
export const applyCatalog = (billing: Billing, offered: Catalog = catalog): Promise<AppliedCatalog> =>
  alone(billing.pool, catalogLock, () => apply(billing, offered));

async function apply(billing: Billing, offered: Catalog): Promise<AppliedCatalog> {
  const { changes, found, prices, unchanged } = await compareCatalog(billing, offered);
  const mirror = (price: Stripe.Price) => inTransaction(billing.pool, (client) => syncPrice(client, price));
  await inParallel(prices, mirror);
  const ids = knownIds(found);
  for (const phase of phasesOf(changes)) {
    await inParallel(phase, async (change) => {
      const price = await carryOutChange(billing.stripe, change, ids);
      if (price) await mirror(price);
    });
  }
  return {
    created: changes.flatMap((change) => (change.kind === "create_price" ? [change.price.lookupKey] : [])),
    archived: changes.flatMap((change) => (change.kind === "archive_price" ? [change.price.madeFor] : [])),
    changes: changes.length,
    unchanged,
  };
}

const knownIds = ({ meters, features, prices }: Found): KnownIds => ({
  meters: new Map([...meters].map(([id, { stripeId }]) => [id, stripeId])),
  features: new Map([...features].map(([id, { stripeId }]) => [id, stripeId])),
  prices: new Map(prices.flatMap(({ lookupKey, id }) => (lookupKey ? [[lookupKey, id] as const] : []))),
});

/** Runs of steps of one kind: they do not need each other, but those after them may need all of them. */
function phasesOf(changes: CatalogChange[]): CatalogChange[][] {
  const phases: CatalogChange[][] = [];
  for (const change of changes) {
    const phase = phases.at(-1);
    if (phase?.[0]?.kind === change.kind) phase.push(change);
    else phases.push([change]);
  }
  return phases;
}

/** After a failure nothing new is begun, and what has begun is waited for: then nobody is at it any more. */
async function inParallel<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const left = [...items];
  const failures: unknown[] = [];
  async function next(): Promise<void> {
    for (let item = left.shift(); item !== undefined; item = left.shift()) {
      await work(item).catch((error: unknown) => {
        left.length = 0;
        failures.push(error);
      });
    }
  }
  await Promise.all(Array.from({ length: atOnce }, next));
  if (failures.length > 0) throw failures[0];
}
