import { invalid } from "../../http/errors";
import type { PaymentMethod } from "../../tables";
import type { Tx } from "../../transaction";

/** A token can be used once. */
export function redeemToken(tx: Tx, id: string, param: string): PaymentMethod {
  const token = tx.need("tokens", id, param);
  if (token.used)
    throw invalid(`You cannot use a Stripe token more than once: ${id}.`, "token_already_used", param);
  tx.patch("tokens", id, { used: true });
  return tx.need("payment_methods", tx.need("token_methods", id).method);
}
