import { type TabStorage, tabStorage } from "../../lib/tab-storage";

/** A card form that was sent to the bank in this tab: what a reload has to go on with. */
export interface CardSetup {
  operationId: string;
  makeDefault: boolean;
}

const keyOf = (customerId: string) => `farebox-card:${customerId}`;

export function openSetup(customerId: string, store: TabStorage = tabStorage()): CardSetup | null {
  const text = store.getItem(keyOf(customerId));
  if (!text) return null;
  try {
    const { operationId, makeDefault } = (JSON.parse(text) ?? {}) as Partial<CardSetup>;
    return typeof operationId === "string" ? { operationId, makeDefault: makeDefault === true } : null;
  } catch {
    return null;
  }
}

export function rememberSetup(customerId: string, setup: CardSetup, store: TabStorage = tabStorage()): void {
  store.setItem(keyOf(customerId), JSON.stringify(setup));
}

export function closeSetup(customerId: string, store: TabStorage = tabStorage()): void {
  store.removeItem(keyOf(customerId));
}
