import { formatMoney } from "../money";
import type { CatalogChange, FoundPrice, WantedPrice } from "./rules";

/** One line per step, as a person would say it. */
export const describeChanges = (changes: CatalogChange[]): string[] => changes.map(describe);

function describe(change: CatalogChange): string {
  switch (change.kind) {
    case "create_product":
      return `+ product ${change.product.id} (${change.product.name})`;
    case "update_product":
      return `~ product ${change.product.id}: name or description`;
    case "archive_product":
      return `- product ${change.productId}: no longer in the catalogue`;
    case "create_price": {
      const was = change.replaces ? ` (was ${amountOf(change.replaces)}; subscribers keep it)` : "";
      return `+ price ${change.price.lookupKey}: ${amountOf(change.price)}${was}`;
    }
    case "archive_price":
      return `- price ${change.price.madeFor}: ${amountOf(change.price)} (${change.price.id})`;
  }
}

const amountOf = ({ unitAmount, currency, interval }: WantedPrice | FoundPrice) =>
  `${formatMoney({ amount: unitAmount, currency })} per ${interval}`;
