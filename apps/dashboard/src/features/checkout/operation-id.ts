import type { CheckoutSearch } from "./search";

export interface Purchase extends Required<Omit<CheckoutSearch, "seats">>, Pick<CheckoutSearch, "seats"> {
  customerId: string;
}

type Ids = Pick<Storage, "getItem" | "setItem" | "removeItem">;

const keyOf = ({ customerId, plan, interval, currency, seats = 1 }: Purchase) =>
  `farebox-purchase:${customerId}:${plan}:${interval}:${currency}:${seats}`;

/** The id of this purchase in this tab: a reload or another try is the same purchase, not a second one. */
export function openOperation(purchase: Purchase, ids: Ids = tabStorage()): string {
  const key = keyOf(purchase);
  const known = ids.getItem(key);
  if (known) return known;
  const id = crypto.randomUUID();
  ids.setItem(key, id);
  return id;
}

/** After success or a refusal: the next purchase of the same plan is a new one. */
export function closeOperation(purchase: Purchase, ids: Ids = tabStorage()): void {
  ids.removeItem(keyOf(purchase));
}

const memory = new Map<string, string>();
const untilReload: Ids = {
  getItem: (key) => memory.get(key) ?? null,
  setItem: (key, value) => void memory.set(key, value),
  removeItem: (key) => void memory.delete(key),
};

/** Blocked storage throws on access: the id then lasts until the page is reloaded. */
function tabStorage(): Ids {
  try {
    const probe = "farebox-probe";
    window.sessionStorage.setItem(probe, probe);
    window.sessionStorage.removeItem(probe);
    return window.sessionStorage;
  } catch {
    return untilReload;
  }
}
