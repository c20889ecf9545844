import { invalid } from "../../http/errors";
import { clearable, hash, list, type Parser, text } from "../../http/params";
import type { Dispute } from "../../tables";
import type { Tx } from "../../transaction";
import { reinstate } from "./money";

const responseDays = 14;
const daySeconds = 24 * 60 * 60;

export const appealParams = (reason: Parser<string | null>) =>
  clearable(
    hash({
      card: clearable(hash({ reason_for_filing: reason, supporting_files: clearable(list(text)) })),
    }),
  );
type Given = ReturnType<ReturnType<typeof appealParams>>;
type Appeal = Dispute["evidence"]["appeal"];

export function mergeAppeal(tx: Tx, current: Appeal, given: Given): Appeal {
  if (!given) return null;
  if (given.card === null) return {};
  if (!given.card) return current ?? {};
  const { reason_for_filing: reason, supporting_files: files } = given.card;
  for (const [at, file] of (files ?? []).entries()) {
    const param = `evidence[appeal][card][supporting_files][${at}]`;
    if (tx.need("files", file, param).purpose !== "dispute_evidence")
      throw invalid(`The file ${file} needs the purpose dispute_evidence.`, undefined, param);
  }
  const { reason_for_filing: oldReason, supporting_files: oldFiles } = current?.card ?? {};
  const kept = {
    reason: reason === undefined ? oldReason : reason,
    files: files === undefined ? oldFiles : files,
  };
  return {
    card: {
      ...(kept.reason && { reason_for_filing: kept.reason }),
      ...(kept.files && { supporting_files: kept.files }),
    },
  };
}

/** No test card leads here: a lost dispute can be taken to the network once more. */
export function openAppeal(tx: Tx, id: string): void {
  const dispute = tx.need("disputes", id);
  if (dispute.status !== "lost")
    throw invalid(
      `Only a lost dispute can be appealed; this one is ${dispute.status}.`,
      "status_transition_invalid",
    );
  tx.patch("disputes", id, {
    status: "appeal_needs_response",
    evidence_details: {
      ...dispute.evidence_details,
      due_by: tx.now + responseDays * daySeconds,
      past_due: false,
    },
  });
  tx.schedule(responseDays * daySeconds * 1000, "dispute.due", id);
  tx.emit("charge.dispute.updated", "disputes", id);
}

/** The bank or the network ends it before it is decided; what was taken comes back. */
export function preventDispute(tx: Tx, id: string): void {
  const dispute = tx.need("disputes", id);
  if (!["warning_needs_response", "warning_under_review", "needs_response"].includes(dispute.status)) {
    throw invalid(
      `Only an open dispute can be prevented; this one is ${dispute.status}.`,
      "status_transition_invalid",
    );
  }
  tx.patch("disputes", id, { status: "prevented", is_charge_refundable: false });
  tx.unschedule(id);
  tx.emit("charge.dispute.closed", "disputes", id);
  if (dispute.balance_transactions.length === 0) return;
  reinstate(tx, id);
  tx.emit("charge.dispute.funds_reinstated", "disputes", id);
}
