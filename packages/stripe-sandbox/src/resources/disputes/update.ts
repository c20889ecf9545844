import { invalid } from "../../http/errors";
import { bool, hash, mergeMetadata, metadata, oneOf } from "../../http/params";
import type { Dispute } from "../../tables";
import type { Tx } from "../../transaction";
import { eligibilityOf } from "./compelling";
import { blankEvidence, evidenceParams, hasEvidence, mergeEvidence } from "./evidence";

export const updateParams = hash({
  evidence: evidenceParams,
  intended_submission_method: oneOf("manual", "prefer_manual", "prefer_smart_disputes", "smart_disputes"),
  metadata,
  submit: bool,
});
type Given = ReturnType<typeof updateParams>;

const waiting: Record<string, Dispute["status"]> = {
  needs_response: "under_review",
  warning_needs_response: "warning_under_review",
  appeal_needs_response: "appeal_under_review",
};

/** Evidence goes to the bank at once, unless `submit` is false: then it is only kept. */
export function updateDispute(tx: Tx, id: string, given: Given): void {
  const dispute = tx.need("disputes", id);
  const { evidence, intended_submission_method: method, submit } = given;
  tx.patch("disputes", id, {
    ...(method && { intended_submission_method: method }),
    ...(given.metadata !== undefined && { metadata: mergeMetadata(dispute.metadata, given.metadata) }),
  });
  if (evidence || submit) {
    stage(tx, dispute, evidence ?? {});
    if (submit ?? true) submitEvidence(tx, id);
  }
  tx.emit("charge.dispute.updated", "disputes", id);
}

function stage(tx: Tx, dispute: Dispute, given: NonNullable<Given["evidence"]>): void {
  if (!waiting[dispute.status]) {
    throw invalid(
      `The evidence of this dispute can no longer be changed: its status is ${dispute.status}.`,
      "status_transition_invalid",
      "evidence",
    );
  }
  checkStage(dispute, given);
  const evidence = mergeEvidence(tx, dispute.evidence, given);
  const blank = blankEvidence(tx.need("charges", dispute.charge));
  tx.patch("disputes", dispute.id, {
    evidence,
    evidence_details: {
      ...dispute.evidence_details,
      enhanced_eligibility: acknowledged(dispute, evidence),
      has_evidence: hasEvidence(evidence, blank),
    },
  });
}

/** What was said before the decision stands; an appeal has words of its own. */
function checkStage({ status }: Dispute, { appeal, ...others }: NonNullable<Given["evidence"]>): void {
  const isAppeal = status === "appeal_needs_response";
  if (appeal && !isAppeal)
    throw invalid("This dispute is not appealed.", "status_transition_invalid", "evidence[appeal]");
  if (isAppeal && Object.keys(others).length > 0)
    throw invalid("An appeal takes only evidence[appeal].", "status_transition_invalid", "evidence");
}

function acknowledged(
  { evidence_details: details }: Dispute,
  { enhanced_evidence: evidence }: Dispute["evidence"],
): Dispute["evidence_details"]["enhanced_eligibility"] {
  const eligible = details.enhanced_eligibility;
  const status = (yes: boolean | undefined) =>
    yes ? ("fee_acknowledged" as const) : ("requires_fee_acknowledgement" as const);
  return {
    ...eligible,
    ...(eligible.visa_compelling_evidence_3 && {
      visa_compelling_evidence_3: eligibilityOf(evidence.visa_compelling_evidence_3),
    }),
    ...(eligible.visa_compliance && {
      visa_compliance: { status: status(evidence.visa_compliance?.fee_acknowledged) },
    }),
    ...(eligible.mastercard_compliance && {
      mastercard_compliance: { status: status(evidence.mastercard_compliance?.fee_acknowledged) },
    }),
  };
}

function submitEvidence(tx: Tx, id: string): void {
  const { evidence, status, evidence_details: details } = tx.need("disputes", id);
  const appealed = status !== "appeal_needs_response" || Boolean(evidence.appeal?.card);
  if (!details.has_evidence || !appealed) {
    throw invalid(
      "There is no evidence to submit. Add some in the same call.",
      "parameter_missing",
      "evidence",
    );
  }
  const { visa_compliance: visa, mastercard_compliance: mastercard } = details.enhanced_eligibility;
  if ([visa, mastercard].some((compliance) => compliance?.status === "requires_fee_acknowledgement")) {
    throw invalid(
      "A compliance dispute is answered only with its fee acknowledged.",
      "parameter_missing",
      "evidence[enhanced_evidence]",
    );
  }
  tx.patch("disputes", id, {
    status: waiting[status] ?? status,
    evidence_details: {
      ...details,
      submission_count: details.submission_count + 1,
      submission_method: "manual",
    },
  });
  tx.unschedule(id, "dispute.due");
  tx.soon("dispute.decide", id);
}
