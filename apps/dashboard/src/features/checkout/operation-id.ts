import { type TabStorage, tabStorage } from "../../lib/tab-storage";
import type { CheckoutSearch } from "./search";

export interface Purchase extends Required<Omit<CheckoutSearch, "seats">>, Pick<CheckoutSearch, "seats"> {
  customerId: string;
}

const keyOf = ({ customerId, plan, interval, currency, seats = 1 }: Purchase) =>
  `farebox-purchase:${customerId}:${plan}:${interval}:${currency}:${seats}`;

/** The id of this purchase in this tab: a reload or another try is the same purchase, not a second one. */
export function openOperation(purchase: Purchase, ids: TabStorage = tabStorage()): string {
  const key = keyOf(purchase);
  const known = ids.getItem(key);
  if (known) return known;
  const id = crypto.randomUUID();
  ids.setItem(key, id);
  return id;
}

/** After success or a refusal: the next purchase of the same plan is a new one. */
export function closeOperation(purchase: Purchase, ids: TabStorage = tabStorage()): void {
  ids.removeItem(keyOf(purchase));
}
