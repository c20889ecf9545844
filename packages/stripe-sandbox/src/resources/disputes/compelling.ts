import { address, clearable, fullAddress, hash, list, oneOf, text } from "../../http/params";
import type { Dispute } from "../../tables";
import type { Tx } from "../../transaction";

type Evidence = NonNullable<Dispute["evidence"]["enhanced_evidence"]["visa_compelling_evidence_3"]>;
type Disputed = NonNullable<Evidence["disputed_transaction"]>;
type Prior = Evidence["prior_undisputed_transactions"][number];
type Eligibility = NonNullable<
  Dispute["evidence_details"]["enhanced_eligibility"]["visa_compelling_evidence_3"]
>;

const identifiers = {
  customer_account_id: clearable(text),
  customer_device_fingerprint: clearable(text),
  customer_device_id: clearable(text),
  customer_email_address: clearable(text),
  customer_purchase_ip: clearable(text),
  product_description: clearable(text),
  shipping_address: address,
};
export const compellingParams = hash({
  disputed_transaction: hash({ ...identifiers, merchandise_or_services: oneOf("merchandise", "services") }),
  prior_undisputed_transactions: list(hash({ ...identifiers, charge: text }, ["charge"])),
});
type Given = ReturnType<typeof compellingParams>;

const nothing = {
  customer_account_id: null,
  customer_device_fingerprint: null,
  customer_device_id: null,
  customer_email_address: null,
  customer_purchase_ip: null,
  product_description: null,
  shipping_address: null,
};

/** The disputed payment merges; the list of earlier ones is replaced. */
export function mergeCompelling(tx: Tx, current: Evidence | undefined, given: Given): Evidence {
  const { disputed_transaction: disputed, prior_undisputed_transactions: prior } = given;
  return {
    disputed_transaction: disputed
      ? { merchandise_or_services: null, ...nothing, ...current?.disputed_transaction, ...whole(disputed) }
      : (current?.disputed_transaction ?? null),
    prior_undisputed_transactions: prior
      ? prior.map((one, at) => {
          const param = `evidence[enhanced_evidence][visa_compelling_evidence_3][prior_undisputed_transactions][${at}][charge]`;
          tx.need("charges", one.charge, param);
          return { ...nothing, ...whole(one) };
        })
      : (current?.prior_undisputed_transactions ?? []),
  };
}

function whole<T extends { shipping_address?: Parameters<typeof fullAddress>[0] }>(given: T) {
  const { shipping_address: where, ...rest } = given;
  return { ...rest, ...(where && { shipping_address: fullAddress(where) }) };
}

const fewestPrior = 2;
const fewestMatches = 2;

/** Two earlier payments nobody disputed, by somebody who can be told to be the same. */
export function eligibilityOf(evidence: Evidence | undefined): Eligibility {
  const disputed = evidence?.disputed_transaction ?? null;
  const prior = evidence?.prior_undisputed_transactions ?? [];
  const missing: [Eligibility["required_actions"][number], boolean][] = [
    ["missing_customer_identifiers", prior.some((one) => matches(disputed, one) < fewestMatches)],
    ["missing_disputed_transaction_description", !disputed?.product_description],
    ["missing_merchandise_or_services", !disputed?.merchandise_or_services],
    ["missing_prior_undisputed_transaction_description", prior.some((one) => !one.product_description)],
    ["missing_prior_undisputed_transactions", prior.length < fewestPrior],
  ];
  const actions = missing.filter(([, isMissing]) => isMissing).map(([action]) => action);
  return { required_actions: actions, status: actions.length === 0 ? "qualified" : "requires_action" };
}

/** How many identifiers are the same; without an address or a device among them, none count. */
function matches(disputed: Disputed | null, prior: Prior): number {
  const same = (name: keyof typeof nothing) =>
    disputed?.[name] != null && JSON.stringify(disputed[name]) === JSON.stringify(prior[name]);
  const device = ["customer_purchase_ip", "customer_device_id", "customer_device_fingerprint"] as const;
  const others = ["customer_account_id", "customer_email_address", "shipping_address"] as const;
  const strong = device.filter(same).length;
  return strong === 0 ? 0 : strong + others.filter(same).length;
}
