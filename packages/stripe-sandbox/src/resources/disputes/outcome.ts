import type { Dispute } from "../../tables";
import type { Tx } from "../../transaction";
import { reinstate } from "./money";
import { becomeChargeback, responseDue } from "./open";

type Status = Dispute["status"];

/** The bank reads the evidence; in test mode these words decide. Without them it goes on reading. */
export function decide(tx: Tx, id: string): void {
  const dispute = tx.get("disputes", id);
  if (!dispute) return;
  const word = dispute.evidence.uncategorized_text;
  const decided = word === "winning_evidence" || word === "losing_evidence";
  if (dispute.status === "appeal_under_review") decideAppeal(tx, dispute);
  if (dispute.status === "under_review" && decided) {
    if (word === "winning_evidence") win(tx, id);
    else finish(tx, id, "lost");
  }
  if (dispute.status !== "warning_under_review") return;
  if (word === "escalate_inquiry_evidence") escalate(tx, dispute);
  else if (decided) finish(tx, id, "warning_closed");
}

/** The same words decide, in the reason of the appeal. */
function decideAppeal(tx: Tx, { id, evidence }: Dispute): void {
  const word = evidence.appeal?.card?.reason_for_filing;
  if (word === "winning_evidence") win(tx, id);
  else if (word === "losing_evidence") finish(tx, id, "lost");
}

export function finish(tx: Tx, id: string, status: Status): void {
  tx.patch("disputes", id, { status, is_charge_refundable: isChargeRefundable(status) });
  tx.unschedule(id);
  tx.emit("charge.dispute.closed", "disputes", id);
}

/** Money that was taken cannot be refunded; what came back can. */
export function isChargeRefundable(status: Status): boolean {
  return status.startsWith("warning_") || status === "won";
}

function win(tx: Tx, id: string): void {
  finish(tx, id, "won");
  reinstate(tx, id);
  tx.emit("charge.dispute.funds_reinstated", "disputes", id);
}

/** An inquiry about a charge that was refunded has nothing left to take. */
function escalate(tx: Tx, dispute: Dispute): void {
  const { id, evidence_details: details, payment_method_details: method } = dispute;
  if (tx.need("charges", dispute.charge).refunded) {
    finish(tx, id, "warning_closed");
    return;
  }
  tx.unschedule(id);
  tx.patch("disputes", id, {
    status: "needs_response",
    is_charge_refundable: false,
    evidence_details: { ...details, due_by: responseDue(tx) },
    ...(method?.card && {
      payment_method_details: { ...method, card: { ...method.card, case_type: "chargeback" } },
    }),
  });
  tx.emit("charge.dispute.updated", "disputes", id);
  becomeChargeback(tx, id);
}

/** Nobody answered in time: the bank decides for its customer, unless evidence was to be sent by itself. */
export function passDueDate(tx: Tx, id: string): void {
  const dispute = tx.get("disputes", id);
  if (dispute?.status === "appeal_needs_response") finish(tx, id, "lost");
  if (dispute?.status !== "needs_response") return;
  const smart = ["smart_disputes", "prefer_smart_disputes"];
  if (!smart.includes(dispute.intended_submission_method ?? "")) {
    finish(tx, id, "lost");
    return;
  }
  tx.patch("disputes", id, {
    status: "under_review",
    evidence_details: {
      ...dispute.evidence_details,
      submission_count: dispute.evidence_details.submission_count + 1,
      submission_method: "smart_disputes",
    },
  });
  tx.emit("charge.dispute.updated", "disputes", id);
  tx.soon("dispute.decide", id);
}

export function endInquiry(tx: Tx, id: string): void {
  if (tx.get("disputes", id)?.status.startsWith("warning_")) finish(tx, id, "warning_closed");
}
