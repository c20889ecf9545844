import { invalid } from "../../http/errors";
import { hash, list, oneOf, text } from "../../http/params";
import type { CreditGrant } from "../../tables";
import { route } from "../resource";
import { balanceOf, isUsable } from "./ledger";

const params = hash(
  {
    customer: text,
    customer_account: text,
    filter: hash(
      {
        applicability_scope: hash({
          price_type: oneOf("metered"),
          prices: list(hash({ id: text }, ["id"])),
        }),
        credit_grant: text,
        type: oneOf("applicability_scope", "credit_grant"),
      },
      ["type"],
    ),
  },
  ["filter"],
);
type Filter = ReturnType<typeof params>["filter"];

/** What there is to spend, by currency. Nothing is ever reserved here, so available and ledger agree. */
export const summary = route(
  "GET",
  "/v1/billing/credit_balance_summary",
  params,
  ({ tx, params: { customer, filter } }) => {
    if (!customer) throw invalid("Missing required param: customer.", "parameter_missing", "customer");
    tx.need("customers", customer, "customer");
    const sums = new Map<string, number>();
    for (const grant of tx.by("credit_grants", "customer", customer)) {
      if (!isMeant(grant, filter) || !isUsable(grant, tx.now)) continue;
      const code = grant.amount.monetary?.currency ?? "usd";
      sums.set(code, (sums.get(code) ?? 0) + balanceOf(tx, grant.id));
    }
    return {
      object: "billing.credit_balance_summary",
      balances: [...sums].map(([currency, value]) => ({
        available_balance: { monetary: { currency, value }, type: "monetary" },
        ledger_balance: { monetary: { currency, value }, type: "monetary" },
      })),
      customer,
      customer_account: null,
      livemode: false,
    };
  },
);

function isMeant(grant: CreditGrant, filter: Filter): boolean {
  if (filter.type === "credit_grant") return grant.id === filter.credit_grant;
  const { price_type: type, prices } = grant.applicability_config.scope;
  if (filter.applicability_scope?.price_type) return type === "metered";
  const wanted = filter.applicability_scope?.prices ?? [];
  return wanted.every(({ id }) => prices?.some((price) => price.id === id) ?? false);
}
