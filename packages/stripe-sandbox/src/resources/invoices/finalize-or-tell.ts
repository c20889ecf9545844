import { ApiError } from "../../http/errors";
import type { Invoice } from "../../tables";
import type { Tx } from "../../transaction";
import { taxOfInvoice, taxProblem } from "../tax/location";
import { totalUp } from "./draft";
import { finalizeInvoice } from "./finalize";

/** Finalizes, or lets the draft and an event say why it cannot be; then the refusal keeps what it wrote. */
export function finalizeOrTell(
  tx: Tx,
  id: string,
  given: Parameters<typeof finalizeInvoice>[2] = {},
): Invoice {
  const problem = whyNot(tx, id);
  if (!problem) return finalizeInvoice(tx, id, given);
  tellFailure(tx, id, problem);
  throw new ApiError(problem.status, problem.body, true);
}

/** The same when time does it and nobody waits for an answer. */
export function finalizeByItself(
  tx: Tx,
  id: string,
  given: Parameters<typeof finalizeInvoice>[2] = {},
): Invoice | undefined {
  const problem = whyNot(tx, id);
  if (!problem) return finalizeInvoice(tx, id, given);
  tellFailure(tx, id, problem);
  return undefined;
}

function whyNot(tx: Tx, id: string): ApiError | undefined {
  const invoice = tx.need("invoices", id);
  if (invoice.status !== "draft" || !invoice.automatic_tax.enabled) return undefined;
  return taxProblem(taxOfInvoice(tx, invoice));
}

function tellFailure(tx: Tx, id: string, { body }: ApiError): void {
  tx.unschedule(id, "invoice.advance");
  tx.patch("invoices", id, {
    automatically_finalizes_at: null,
    next_payment_attempt: null,
    last_finalization_error: {
      ...(body.code && { code: body.code }),
      ...(body.doc_url && { doc_url: body.doc_url }),
      message: body.message,
      type: "invalid_request_error",
    },
  });
  totalUp(tx, id);
  tx.emit("invoice.finalization_failed", "invoices", id);
}
