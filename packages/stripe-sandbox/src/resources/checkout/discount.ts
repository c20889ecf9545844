import { invalid } from "../../http/errors";
import type { CheckoutOrder, CheckoutSession } from "../../tables";
import type { Tx } from "../../transaction";
import { couponOf } from "../discounts/read";
import { checkReserved, reserveDiscount } from "../discounts/redeem";
import { fullAmount, totalUpSession } from "./totals";

/** Puts a coupon or a promotion code on a session, in place of the one it has. */
export function applyDiscount(
  tx: Tx,
  id: string,
  entry: { coupon?: string; promotion_code?: string },
  param?: string,
): void {
  const session = tx.need("checkout_sessions", id);
  if (entry.promotion_code) refuseFirstTimeCode(tx, session, entry.promotion_code, param);
  const { id: discount } = reserveDiscount(tx, entry, target(tx, session, param));
  removeDiscount(tx, id);
  tx.patch("checkout_orders", id, { discount });
  showDiscount(tx, id);
  totalUpSession(tx, id);
}

export function removeDiscount(tx: Tx, id: string): void {
  const { discount } = tx.need("checkout_orders", id);
  if (discount) tx.remove("discounts", discount);
  tx.patch("checkout_orders", id, { discount: null });
  tx.patch("checkout_sessions", id, { discounts: [] });
  totalUpSession(tx, id);
}

/** After a change of what is bought, and before it is paid: still inside the limits? */
export function checkDiscount(tx: Tx, order: CheckoutOrder): void {
  if (!order.discount) return;
  checkReserved(tx, order.discount, target(tx, tx.need("checkout_sessions", order.id)));
}

export function target(tx: Tx, session: CheckoutSession, param?: string) {
  return {
    customer: session.customer,
    currency: session.currency,
    amount: fullAmount(tx, session),
    on: session.mode === "payment" ? { checkout_session: session.id } : {},
    param: param ?? "discounts[0]",
  };
}

function showDiscount(tx: Tx, id: string): void {
  const row = tx.need("discounts", tx.need("checkout_orders", id).discount ?? "");
  const code = row.promotion_code;
  const shown = { coupon: code ? null : couponOf(tx, row).id, promotion_code: code };
  tx.patch("checkout_sessions", id, { discounts: [shown] });
}

/** Whoever stays a guest cannot prove to be new. */
function refuseFirstTimeCode(tx: Tx, session: CheckoutSession, code: string, param?: string): void {
  const { restrictions } = tx.need("promotion_codes", code, param ?? "discounts[0][promotion_code]");
  const guest = session.customer === null && session.customer_creation === "if_required";
  if (!restrictions.first_time_transaction || !guest || session.invoice_creation?.enabled) return;
  throw invalid(
    "This promotion code is for first-time customers and cannot be redeemed without a customer.",
    undefined,
    param,
  );
}

export function codeByText(tx: Tx, text: string, customer: string | null): string {
  const wanted = text.trim().toLowerCase();
  const found = [...tx.newestFirst("promotion_codes")].filter((row) => row.code.toLowerCase() === wanted);
  const usable = found.find((row) => row.active && (row.customer === null || row.customer === customer));
  const [first = undefined] = usable ? [usable] : found;
  if (!first) throw invalid("This code is invalid.", "resource_missing", "promotion_code");
  return first.id;
}
