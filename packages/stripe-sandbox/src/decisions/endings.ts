/** At period end means at the end of the period that is over last, when items have different ones. */
export function endOfPeriods(ends: number[]): number {
  return Math.max(...ends);
}

/** Whoever voids the first invoice gives the subscription up; voiding a later one changes nothing. */
export function endsByVoiding(status: string, isLatestInvoice: boolean): boolean {
  return status === "incomplete" && isLatestInvoice;
}
