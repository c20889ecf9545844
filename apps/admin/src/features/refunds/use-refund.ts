import type { InvoiceDetail, RefundView } from "@farebox/billing";
import type { CreateRefundInput } from "@farebox/billing/schemas";
import { useRef, useState } from "react";
import { failureOf } from "../../lib/failure";
import { newOperationId } from "../../lib/operation-id";
import { trpc } from "../../lib/trpc";
import { problemOfRefund, type RefundProblem, refundProblem } from "./refund-problem";

export type RefundRequest = Pick<CreateRefundInput, "amount" | "reason" | "note">;

/**
 * One refund per opened dialog: a double click or a repeated try sends the same operation id. Only after a refusal,
 * when it is certain that no money moved, does the next try count as a new refund.
 */
export function useRefund(invoice: InvoiceDetail, onDone: (refund: RefundView) => void) {
  const utils = trpc.useUtils();
  const operationId = useRef(newOperationId());
  const [problem, setProblem] = useState<RefundProblem | null>(null);
  const [sent, setSent] = useState<RefundRequest | null>(null);

  async function reread() {
    await Promise.all([
      utils.invoices.get.invalidate({ invoiceId: invoice.id }),
      utils.customers.get.invalidate(),
      utils.customers.list.invalidate(),
    ]);
  }

  function report(found: RefundProblem) {
    if (found.kind === "editable") operationId.current = newOperationId();
    setProblem(found);
    void reread();
  }

  const create = trpc.refunds.create.useMutation({
    onMutate: () => setProblem(null),
    onSuccess: (refund) => {
      const found = problemOfRefund(refund);
      if (found) return report(found);
      void reread();
      onDone(refund);
    },
    onError: (error) => report(refundProblem(failureOf(error))),
  });

  /** While the outcome is unknown only the same refund may be asked for again, whatever the form says by now. */
  const undecided = create.isPending || problem?.kind === "repeatable" ? sent : null;

  function send(request: RefundRequest) {
    if (create.isPending || problem?.kind === "closed" || problem?.kind === "waiting") return;
    const refund = undecided ?? request;
    setSent(refund);
    create.mutate({ operationId: operationId.current, invoiceId: invoice.id, ...refund });
  }
  return { send, pending: create.isPending, problem, undecided };
}
