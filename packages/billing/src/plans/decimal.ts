/** A decimal as Stripe writes it: no zeros at the end, at most twelve places. */
export function canonicalDecimal(amount: number | string): string {
  const [whole = "0", fraction = ""] = String(amount).split(".");
  const digits = fraction.replace(/0+$/, "");
  return digits ? `${whole}.${digits}` : whole;
}
