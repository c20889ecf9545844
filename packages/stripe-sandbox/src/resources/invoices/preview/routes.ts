import { amountDue } from "../../../engine/invoice-totals";
import { randomText } from "../../../ids";
import type { Invoice, InvoiceLine } from "../../../tables";
import type { Tx } from "../../../transaction";
import { type WireList, wireList } from "../../../wire";
import { applyCredits } from "../../credit-grants/apply";
import { route } from "../../resource";
import { totalUp } from "../draft";
import { linesOf } from "../present";
import { imagineInvoice } from "./imagine";
import { previewParams } from "./params";

const reasons = new Set(["subscription_cycle", "manual"]);

/** An invoice that does not exist and leaves nothing behind. */
export const createPreview = route(
  "POST",
  "/v1/invoices/create_preview",
  previewParams,
  ({ tx, params, expand }) => {
    const { cancel_now: ends, proration_date: date } = params.subscription_details ?? {};
    const at = ends && date ? date : undefined;
    return tx.tryOut(() => {
      const id = imagineInvoice(tx, params, tx.now);
      const invoice = tx.need("invoices", id);
      if (invoice.status === "draft" && applyCredits(tx, invoice)) totalUp(tx, id);
      return shown(tx, present(tx, id), expand);
    }, at);
  },
);

/** Discounts that are only imagined can be expanded only while they are. */
function shown(tx: Tx, preview: Preview, expand: string[]): object {
  const asked = (path: string) => expand.some((one) => one === path || one.startsWith(`${path}.`));
  const find = (id: string) => tx.get("discounts", id) ?? id;
  return {
    ...preview,
    ...(asked("discounts") && { discounts: preview.discounts.map(find) }),
    ...(asked("total_discount_amounts.discount") && {
      total_discount_amounts: preview.total_discount_amounts?.map((one) => ({
        ...one,
        discount: find(one.discount),
      })),
    }),
  };
}

type Preview = Omit<Invoice, "hosted_invoice_url" | "invoice_pdf" | "status_details"> & {
  lines: WireList<InvoiceLine>;
};

function present(tx: Tx, imagined: string): Preview {
  const invoice = tx.need("invoices", imagined);
  const id = `upcoming_in_1${randomText(23)}`;
  const lines = linesOf(tx, imagined).map((line) => presentLine(line));
  const due = amountDue(invoice.total, invoice.starting_balance, invoice.currency);
  const { status_details: _details, hosted_invoice_url: _page, invoice_pdf: _pdf, ...shown } = invoice;
  return {
    ...shown,
    id,
    amount_due: due.amountDue,
    amount_paid: 0,
    amount_remaining: due.amountDue,
    attempt_count: 0,
    attempted: false,
    automatically_finalizes_at: null,
    billing_reason: reasons.has(invoice.billing_reason ?? "") ? "upcoming" : invoice.billing_reason,
    effective_at: null,
    ending_balance: due.endingBalance,
    lines: wireList(`/v1/invoices/${id}/lines`, lines),
    next_payment_attempt: invoice.collection_method === "send_invoice" ? null : chargedAt(invoice),
    number: null,
    status: "draft",
    status_transitions: { finalized_at: null, marked_uncollectible_at: null, paid_at: null, voided_at: null },
  };
}

function presentLine(line: InvoiceLine): InvoiceLine {
  return { ...line, id: `il_tmp_1${randomText(23)}`, invoice: null };
}

/** A renewal is charged an hour after it was drafted, everything else at once. */
function chargedAt(invoice: Invoice): number {
  return invoice.automatically_finalizes_at ?? invoice.created;
}
