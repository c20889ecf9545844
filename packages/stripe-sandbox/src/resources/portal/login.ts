import { invalid } from "../../http/errors";
import type { Customer } from "../../tables";
import type { Tx } from "../../transaction";
import { requireEmail } from "./recover";
import { createPortalSession } from "./sessions";

/** The login page of a configuration leads a customer who is known by email to a session. */
export function logIn(tx: Tx, token: string, email: unknown): { url: string } {
  for (const row of tx.newestFirst("portal_configurations")) {
    if (!row.active || !row.login_page.enabled || !row.login_page.url?.endsWith(`/p/login/${token}`))
      continue;
    const customer = customerBy(tx, email);
    requireEmail(customer?.email ?? null, email);
    const { url } = createPortalSession(tx, { customer: customer?.id ?? "", configuration: row.id });
    return { url };
  }
  throw invalid("This link does not lead to a login page.", "resource_missing", undefined, 404);
}

/** Of several with the same email, the newest one with a subscription. */
function customerBy(tx: Tx, email: unknown): Customer | undefined {
  const wanted = typeof email === "string" ? email.trim().toLowerCase() : "";
  let first: Customer | undefined;
  for (const row of tx.newestFirst("customers")) {
    if (row.email?.toLowerCase() !== wanted) continue;
    if (tx.by("subscriptions", "customer", row.id).length > 0) return row;
    first ??= row;
  }
  return first;
}
