import type { ChangeItem } from "./token";

/** One part of a subscription: the plan's price, its seats, one meter, one add-on. */
export interface Part {
  role: string;
  priceId: string;
  /** null for usage. */
  quantity: number | null;
}

export interface HeldPart extends Part {
  itemId: string;
}

export interface ItemChanges {
  items: ChangeItem[];
  after: { price: string; quantity?: number }[];
}

/** From what is there to what is wanted: parts keep their item, so that Stripe sees a change and not a second purchase. */
export function itemChanges(held: readonly HeldPart[], wanted: readonly Part[]): ItemChanges {
  const kept = wanted.map((part) => ({ part, item: held.find(({ role }) => role === part.role) }));
  const keptIds = new Set(kept.map(({ item }) => item?.itemId));
  return {
    items: [
      ...kept.flatMap(({ part, item }): ChangeItem[] => {
        if (!item) return [priced(part)];
        const same = item.priceId === part.priceId && item.quantity === part.quantity;
        return same ? [] : [{ id: item.itemId, ...priced(part) }];
      }),
      ...held
        .filter(({ itemId }) => !keptIds.has(itemId))
        .map(({ itemId }): ChangeItem => ({ id: itemId, deleted: true })),
    ],
    after: wanted.map(priced),
  };
}

const priced = ({ priceId, quantity }: Part) => ({
  price: priceId,
  ...(quantity === null ? {} : { quantity }),
});

/** Whether fewer of something is wanted, and nothing more: such a change waits for the end of the period. */
export function isLess(held: readonly Part[], wanted: readonly Part[]): boolean {
  const count = (parts: readonly Part[], role: string) =>
    parts.find((part) => part.role === role)?.quantity ?? 0;
  const roles = [...new Set([...held, ...wanted].map(({ role }) => role))];
  const steps = roles.map((role) => Math.sign(count(wanted, role) - count(held, role)));
  return steps.includes(-1) && !steps.includes(1);
}
