import {
  bool,
  currency,
  decimal,
  hash,
  int,
  list,
  metadata,
  natural,
  oneOf,
  text,
  unsupported,
} from "../../http/params";
import { taxBehavior } from "../prices/params";
import { taxRateIds } from "../tax-rates";

const adjustableQuantity = hash({ enabled: bool, maximum: natural, minimum: natural }, ["enabled"]);

const priceData = hash(
  {
    currency,
    product: text,
    product_data: hash(
      {
        description: text,
        images: list(text),
        metadata,
        name: text,
        tax_code: text,
        tax_details: unsupported,
        unit_label: text,
      },
      ["name"],
    ),
    recurring: hash({ interval: oneOf("day", "week", "month", "year"), interval_count: int }, ["interval"]),
    tax_behavior: taxBehavior,
    unit_amount: natural,
    unit_amount_decimal: decimal,
  },
  ["currency"],
);

const itemSpec = {
  adjustable_quantity: adjustableQuantity,
  metadata,
  price: text,
  price_data: priceData,
  quantity: natural,
  tax_rates: taxRateIds,
};
export const lineItem = hash(itemSpec);
export type ItemGiven = ReturnType<typeof lineItem>;

export const updatedItem = hash({ ...itemSpec, id: text });
export type ItemUpdate = ReturnType<typeof updatedItem>;

export const optionalItem = hash(
  { adjustable_quantity: adjustableQuantity, price: text, quantity: natural },
  ["price", "quantity"],
);
