/** The balance movement that a negative total makes: credit that is kept is an invoice applied to the balance. */
export function typeOfNegativeTotal(): "applied_to_invoice" {
  return "applied_to_invoice";
}

/** A graduated tier costs its flat fee when units fall into it; the first one also when none do. */
export function isTierReached(position: number, unitsInside: bigint): boolean {
  return position === 0 || unitsInside > 0n;
}

/** A subscription that has discounts of its own does not take its customer's. */
export function inheritsDiscount(ownDiscounts: number): boolean {
  return ownDiscounts === 0;
}
