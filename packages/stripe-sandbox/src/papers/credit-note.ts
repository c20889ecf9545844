import type { Paper } from "../engine/pdf/paper";
import { dayText, moneyText } from "../resources/subscriptions/wording";
import type { CreditNote } from "../tables";
import type { Read } from "../transaction";
import { type Account, addressLines, discountText, taxText, unitText } from "./words";

export function creditNotePaper(read: Read, account: Account, note: CreditNote): Paper {
  const money = (amount: number) => moneyText(amount, note.currency);
  const invoice = read.get("invoices", note.invoice);
  const lines = read.by("credit_note_lines", "credit_note", note.id);
  const row = (label: string, amount: number) => (amount === 0 ? [] : [{ label, value: money(amount) }]);
  const refunded = note.refunds.reduce((sum, { amount_refunded: amount }) => sum + amount, 0);
  const credited = balanceOf(read, note);
  return {
    title: `Credit note ${note.number}`,
    status: note.status === "void" ? { text: "Void", kind: "bad" } : { text: "Issued", kind: "plain" },
    facts: [
      { label: "Credit note number", value: note.number },
      { label: "Invoice number", value: invoice?.number ?? note.invoice },
      { label: "Date of issue", value: dayText(note.effective_at ?? note.created) },
      ...(note.reason ? [{ label: "Reason", value: note.reason.replaceAll("_", " ") }] : []),
    ],
    from: [account.name, account.country],
    to: [
      invoice?.customer_name ?? invoice?.customer_email ?? "Customer",
      ...addressLines(invoice?.customer_address),
    ],
    rows: lines.map((line) => ({
      text: line.description ?? "Credit",
      notes: line.discount_amounts.map(
        ({ amount, discount }) => `${discountText(read, String(discount))}: ${money(-amount)}`,
      ),
      quantity: line.quantity === null ? "" : String(line.quantity),
      unit:
        line.unit_amount_decimal === null ? "" : unitText(String(line.unit_amount_decimal), note.currency),
      amount: money(line.amount),
    })),
    totals: [
      { label: "Subtotal", value: money(note.subtotal) },
      ...(note.total_taxes ?? []).map((tax) => ({ label: taxText(read, tax), value: money(tax.amount) })),
      { label: "Total credited", value: money(note.total), strong: true },
      ...row("Off the amount due", note.pre_payment_amount),
      ...row("Refunded", refunded),
      ...row("Added to balance", credited),
      ...row("Credited outside Stripe", note.out_of_band_amount ?? 0),
    ],
    notes: note.memo ? [note.memo] : [],
  };
}

function balanceOf(read: Read, note: CreditNote): number {
  const movement = read.get("customer_balance_transactions", String(note.customer_balance_transaction ?? ""));
  return movement ? -movement.amount : 0;
}
