/** One customer pays in one currency at a time. */
export function mixesCurrencies(live: { currency: string }[], currency: string): boolean {
  return live.some((subscription) => subscription.currency !== currency);
}
