import { invalid } from "../../http/errors";
import { bool, clearable, hash, type Parser, text } from "../../http/params";
import type { Charge, Dispute } from "../../tables";
import type { Tx } from "../../transaction";
import { appealParams, mergeAppeal } from "./appeal";
import { compellingParams, mergeCompelling } from "./compelling";

type Evidence = Dispute["evidence"];

const longestText = 20_000;
const longestTogether = 150_000;
const largestTogether = 4.5 * 1024 * 1024;

const texts = [
  "access_activity_log",
  "billing_address",
  "cancellation_policy_disclosure",
  "cancellation_rebuttal",
  "customer_email_address",
  "customer_name",
  "customer_purchase_ip",
  "duplicate_charge_explanation",
  "duplicate_charge_id",
  "product_description",
  "refund_policy_disclosure",
  "refund_refusal_explanation",
  "service_date",
  "shipping_address",
  "shipping_carrier",
  "shipping_date",
  "shipping_tracking_number",
  "uncategorized_text",
] as const;
export const fileFields = [
  "cancellation_policy",
  "customer_communication",
  "customer_signature",
  "duplicate_charge_documentation",
  "receipt",
  "refund_policy",
  "service_documentation",
  "shipping_documentation",
  "uncategorized_file",
] as const;

const longText: Parser<string | null> = (raw, path) => {
  if (typeof raw !== "string") throw invalid(`Invalid string: ${path}`, "parameter_invalid_string", path);
  if (raw.length <= longestText) return raw === "" ? null : raw;
  throw invalid(`${path} can have up to ${longestText} characters; it has ${raw.length}.`, undefined, path);
};

const acknowledged = hash({ fee_acknowledged: bool });
export const evidenceParams = hash({
  ...fields(texts, longText),
  ...fields(fileFields, clearable(text)),
  appeal: appealParams(longText),
  enhanced_evidence: clearable(
    hash({
      mastercard_compliance: acknowledged,
      visa_compelling_evidence_3: compellingParams,
      visa_compliance: acknowledged,
    }),
  ),
});
type EvidenceGiven = ReturnType<typeof evidenceParams>;

function fields<const Name extends string, T>(names: readonly Name[], parser: Parser<T>) {
  return Object.fromEntries(names.map((name) => [name, parser])) as Record<Name, Parser<T>>;
}

/** Stripe fills in what it knows of the customer. */
export function blankEvidence(charge: Charge): Evidence {
  const nothing = Object.fromEntries([...texts, ...fileFields].map((name) => [name, null]));
  return {
    ...(nothing as Record<(typeof texts)[number] | (typeof fileFields)[number], null>),
    customer_email_address: charge.billing_details.email,
    customer_name: charge.billing_details.name,
    enhanced_evidence: {},
  };
}

export function mergeEvidence(tx: Tx, current: Evidence, given: EvidenceGiven): Evidence {
  const { enhanced_evidence: enhanced, appeal, ...plain } = given;
  const merged = {
    ...current,
    ...plain,
    ...(enhanced !== undefined && { enhanced_evidence: enhance(tx, current, enhanced) }),
    ...(appeal !== undefined && { appeal: mergeAppeal(tx, current.appeal, appeal) }),
  };
  checkTexts(merged);
  checkFiles(tx, merged);
  return merged;
}

function enhance(
  tx: Tx,
  current: Evidence,
  given: EvidenceGiven["enhanced_evidence"],
): Evidence["enhanced_evidence"] {
  if (!given) return {};
  const {
    mastercard_compliance: mastercard,
    visa_compelling_evidence_3: compelling,
    visa_compliance: visa,
  } = given;
  const before = current.enhanced_evidence;
  return {
    ...before,
    ...(compelling && {
      visa_compelling_evidence_3: mergeCompelling(tx, before.visa_compelling_evidence_3, compelling),
    }),
    ...(mastercard && {
      mastercard_compliance: { fee_acknowledged: mastercard.fee_acknowledged ?? false },
    }),
    ...(visa && { visa_compliance: { fee_acknowledged: visa.fee_acknowledged ?? false } }),
  };
}

function checkTexts(evidence: Evidence): void {
  const length = texts.reduce((sum, name) => sum + (evidence[name]?.length ?? 0), 0);
  if (length <= longestTogether) return;
  throw invalid(
    `The evidence can have up to ${longestTogether} characters together; it has ${length}.`,
    undefined,
    "evidence",
  );
}

function checkFiles(tx: Tx, evidence: Evidence): void {
  let size = 0;
  for (const name of fileFields) {
    const id = evidence[name];
    if (!id) continue;
    const file = tx.need("files", id, `evidence[${name}]`);
    if (file.purpose !== "dispute_evidence" && file.purpose !== name) {
      throw invalid(
        `The file ${id} has the purpose ${file.purpose}; evidence needs dispute_evidence.`,
        undefined,
        `evidence[${name}]`,
      );
    }
    size += file.size;
  }
  if (size <= largestTogether) return;
  throw invalid("The files of the evidence can have up to 4.5 MB together.", undefined, "evidence");
}

export function hasEvidence(evidence: Evidence, blank: Evidence): boolean {
  if (evidence.appeal?.card || evidence.enhanced_evidence.visa_compelling_evidence_3) return true;
  return [...texts, ...fileFields].some((name) => evidence[name] !== null && evidence[name] !== blank[name]);
}
