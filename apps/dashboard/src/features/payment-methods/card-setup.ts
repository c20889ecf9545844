/** A card form that was sent to the bank in this tab: what a reload has to go on with. */
export interface CardSetup {
  operationId: string;
  makeDefault: boolean;
}

type Store = Pick<Storage, "getItem" | "setItem" | "removeItem">;

const keyOf = (customerId: string) => `farebox-card:${customerId}`;

export function openSetup(customerId: string, store: Store = tabStore()): CardSetup | null {
  const text = store.getItem(keyOf(customerId));
  if (!text) return null;
  try {
    const { operationId, makeDefault } = (JSON.parse(text) ?? {}) as Partial<CardSetup>;
    return typeof operationId === "string" ? { operationId, makeDefault: makeDefault === true } : null;
  } catch {
    return null;
  }
}

export function rememberSetup(customerId: string, setup: CardSetup, store: Store = tabStore()): void {
  store.setItem(keyOf(customerId), JSON.stringify(setup));
}

export function closeSetup(customerId: string, store: Store = tabStore()): void {
  store.removeItem(keyOf(customerId));
}

const memory = new Map<string, string>();
const untilReload: Store = {
  getItem: (key) => memory.get(key) ?? null,
  setItem: (key, value) => void memory.set(key, value),
  removeItem: (key) => void memory.delete(key),
};

/** Blocked storage throws on access: what is open then lasts until the page is reloaded. */
function tabStore(): Store {
  try {
    const probe = "farebox-probe";
    window.sessionStorage.setItem(probe, probe);
    window.sessionStorage.removeItem(probe);
    return window.sessionStorage;
  } catch {
    return untilReload;
  }
}
