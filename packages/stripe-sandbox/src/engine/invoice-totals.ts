import { typeOfNegativeTotal } from "../decisions/arithmetic";
import { smallestCharge } from "./money";

export interface Due {
  amountDue: number;
  endingBalance: number;
  /** What the customer's balance moved for, when it moved. */
  movement: "applied_to_invoice" | "invoice_too_small" | null;
}

/** A negative balance is credit, spent before the card; a sum too small to charge waits on the balance. */
export function amountDue(total: number, startingBalance: number, currency: string): Due {
  const due = total + startingBalance;
  if (due <= 0) {
    return {
      amountDue: 0,
      endingBalance: due,
      movement: due === startingBalance ? null : typeOfNegativeTotal(),
    };
  }
  if (due < smallestCharge(currency))
    return { amountDue: 0, endingBalance: due, movement: "invoice_too_small" };
  return { amountDue: due, endingBalance: 0, movement: startingBalance === 0 ? null : "applied_to_invoice" };
}
