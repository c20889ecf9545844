import { missing } from "../../http/errors";
import { hash } from "../../http/params";
import type { Tx } from "../../transaction";
import { type Resource, ref, route } from "../resource";
import { dropDiscount } from "./drop";

function dropped(tx: Tx, id: string | undefined, owner: string): object {
  if (!id) throw missing("discount", owner, "id", 404);
  dropDiscount(tx, id);
  const { end: _end, ...discount } = tx.need("discounts", id);
  return { ...discount, deleted: true };
}

const fromCustomer = route("DELETE", "/v1/customers/:/discount", hash({}), ({ tx, ids: [id] }) =>
  dropped(tx, tx.need("customers", id).discount?.id, id),
);

const fromSubscription = route("DELETE", "/v1/subscriptions/:/discount", hash({}), ({ tx, ids: [id] }) =>
  dropped(tx, tx.need("subscriptions", id).discounts.at(-1), id),
);

export const discounts: Resource = {
  routes: [fromCustomer, fromSubscription],
  timers: {
    "discount.end": (tx, id) => {
      if (tx.get("discounts", id)) dropDiscount(tx, id);
    },
  },
  expansions: {
    discount: {
      customer: ref("customers"),
      promotion_code: ref("promotion_codes"),
      "source.coupon": ref("coupons", "retired_coupons"),
    },
  },
};
