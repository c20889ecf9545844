import { rational, round, times } from "./money";

/** The part of a whole that belongs to a slice of a line, so that all slices together make the whole. */
export function sliceOf(whole: number, line: number, before: number, amount: number): number {
  return upTo(whole, line, before + amount) - upTo(whole, line, before);
}

function upTo(whole: number, line: number, amount: number): number {
  return line === 0 ? 0 : round(times(rational(whole), rational(amount, line)));
}

export interface Settlement {
  refunds: number;
  credit: number;
  outOfBand: number;
}

export interface Division {
  /** Less to pay on an invoice that is still open. */
  prePayment: number;
  /** To be given back: by refund, as credit, or out of band. */
  postPayment: number;
  type: "mixed" | "post_payment" | "pre_payment";
}

export function divide(total: number, amountRemaining: number): Division {
  const prePayment = Math.min(total, amountRemaining);
  const postPayment = total - prePayment;
  const type = postPayment === 0 ? "pre_payment" : prePayment === 0 ? "post_payment" : "mixed";
  return { prePayment, postPayment, type };
}

/** What is given back in each way must sum exactly to what is to be given back. */
export function settles({ refunds, credit, outOfBand }: Settlement, postPayment: number): boolean {
  return refunds + credit + outOfBand === postPayment;
}
