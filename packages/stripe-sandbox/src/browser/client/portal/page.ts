import type { Cost, NextState, PortalState, SubscriptionState } from "../../portal-state";
import { browserLocale } from "../browser-locale";
import { formatAmount } from "../challenge/format-amount";
import { h } from "../console/dom";

export interface Place {
  view: "home" | "cancel" | "change" | "confirm" | "pause" | "customer" | "card";
  subscription?: string | undefined;
}

export interface Portal {
  state: PortalState;
  act(action: string, given?: object): Promise<{ result: Record<string, unknown>; next: NextState | null }>;
  go(place: Place): void;
  /** Says what happened and shows how things are now, or leaves when a flow is over. */
  done(message: string, next: NextState | null): Promise<void>;
}

export type View = (portal: Portal, place: Place, inFlow: boolean) => HTMLElement;

export function money(amount: number, currency: string): string {
  return formatAmount(amount, currency, browserLocale());
}

export function everyText(interval: string, count: number): string {
  return count === 1 ? `per ${interval}` : `every ${count} ${interval}s`;
}

export function costText(
  { amount, interval, interval_count: count, metered }: Cost,
  currency: string,
): string {
  if (metered || amount === null) return `by usage, ${everyText(interval, count)}`;
  return `${money(amount, currency)} ${everyText(interval, count)}`;
}

export function nameOf({ items }: SubscriptionState): string {
  return items
    .map(({ name, quantity }) => (quantity !== null && quantity > 1 ? `${quantity} × ${name}` : name))
    .join(", ");
}

export function subscriptionOf({ state }: Portal, { subscription }: Place): SubscriptionState {
  const found = state.subscriptions.find(({ id }) => id === subscription) ?? state.subscriptions[0];
  if (!found) throw new Error("There is no subscription.");
  return found;
}

export function labelled(label: string, control: HTMLElement, kind = ""): HTMLElement {
  return h("p", { class: `field ${kind}` }, h("label", { for: control.id }, label), control);
}

/** How to leave a step: back home, unless the whole session is for it. */
export function backHome(portal: Portal, inFlow: boolean) {
  const { return_url: address } = portal.state;
  if (!inFlow) return { back: { label: "Go back", run: () => portal.go({ view: "home" }) } };
  return address ? { back: { label: "Cancel", run: () => location.assign(address) } } : {};
}
