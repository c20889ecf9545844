import type { Paper } from "../engine/pdf/paper";
import { dayText, moneyText } from "../resources/subscriptions/wording";
import type { Charge, Invoice } from "../tables";
import type { Read } from "../transaction";
import { invoicePaper } from "./invoice";
import type { Account } from "./words";

export function receiptPaper(read: Read, account: Account, charge: Charge): Paper {
  const money = (amount: number) => moneyText(amount, charge.currency);
  const card = charge.payment_method_details?.card;
  const invoice = invoiceOf(read, charge);
  const billed = invoice && invoicePaper(read, account, invoice);
  const refunded = charge.amount_refunded;
  return {
    title: "Receipt",
    status: refundState(charge),
    facts: [
      { label: "Amount paid", value: money(charge.amount_captured) },
      { label: "Date paid", value: dayText(charge.created) },
      { label: "Payment method", value: card ? `${brandText(card.brand)} ending in ${card.last4}` : "Card" },
      ...(invoice?.number ? [{ label: "Invoice number", value: invoice.number }] : []),
    ],
    from: [account.name, account.country],
    to: billed?.to ?? [charge.billing_details.name ?? charge.billing_details.email ?? "Customer"],
    rows: billed?.rows ?? [
      {
        text: charge.description ?? "Payment",
        notes: [],
        quantity: "1",
        unit: money(charge.amount),
        amount: money(charge.amount),
      },
    ],
    totals: [
      ...(billed?.totals.filter(({ label }) => !["Amount due", "Amount paid"].includes(label)) ?? []),
      { label: "Amount paid", value: money(charge.amount_captured), strong: true },
      ...(refunded > 0 ? [{ label: "Refunded", value: money(-refunded) }] : []),
    ],
    notes: [],
  };
}

function brandText(brand: string | null | undefined): string {
  return brand ? brand.charAt(0).toUpperCase() + brand.slice(1) : "Card";
}

export function invoiceOf(read: Read, charge: Charge): Invoice | undefined {
  const [payment] = read.by("invoice_payments", "payment.payment_intent", charge.payment_intent ?? "");
  return payment && read.get("invoices", payment.invoice);
}

function refundState({ amount_refunded: refunded, refunded: whole }: Charge): Paper["status"] {
  if (whole) return { text: "Refunded", kind: "bad" };
  return refunded > 0 ? { text: "Partly refunded", kind: "plain" } : { text: "Paid", kind: "good" };
}
