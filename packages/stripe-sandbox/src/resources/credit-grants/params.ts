import { invalid } from "../../http/errors";
import { currency, hash, int, list, metadata, natural, oneOf, text, unsupported } from "../../http/params";
import type { Tx } from "../../transaction";

const mostPrices = 20;
const scope = hash({
  price_type: oneOf("metered"),
  prices: list(hash({ id: text }, ["id"])),
});
export const createParams = hash(
  {
    amount: hash(
      { monetary: hash({ currency, value: natural }, ["currency", "value"]), type: oneOf("monetary") },
      ["monetary", "type"],
    ),
    applicability_config: hash({ scope }, ["scope"]),
    category: oneOf("paid", "promotional"),
    customer: text,
    customer_account: unsupported,
    effective_at: int,
    expires_at: int,
    metadata,
    name: text,
    priority: natural,
  },
  ["amount", "applicability_config"],
);
type Given = ReturnType<typeof createParams>;

/** Whose grant it is, when all of it makes sense. */
export function checkGrant(tx: Tx, given: Given): string {
  if (!given.customer) throw invalid("Missing required param: customer.", "parameter_missing", "customer");
  const { price_type: type, prices } = given.applicability_config.scope;
  if ((type === undefined) === (prices === undefined))
    throw invalid(
      "Pass exactly one of price_type and prices.",
      "parameters_exclusive",
      "applicability_config[scope]",
    );
  if (prices && (prices.length === 0 || prices.length > mostPrices))
    throw invalid(
      `A grant can be for 1 to ${mostPrices} prices.`,
      undefined,
      "applicability_config[scope][prices]",
    );
  for (const { id } of prices ?? []) {
    if (tx.need("prices", id, "applicability_config[scope][prices]").recurring?.usage_type !== "metered")
      throw invalid(`The price ${id} has no meter.`, undefined, "applicability_config[scope][prices]");
  }
  if (given.amount.monetary.value === 0)
    throw invalid("A grant must be for more than nothing.", undefined, "amount[monetary][value]");
  if ((given.priority ?? 0) > 100)
    throw invalid("priority is a number from 0 to 100.", undefined, "priority");
  if (given.expires_at !== undefined && given.expires_at <= (given.effective_at ?? tx.now))
    throw invalid("expires_at must be after effective_at.", undefined, "expires_at");
  return tx.need("customers", given.customer, "customer").id;
}
