import { couponOf } from "./resources/discounts/read";
import { linesOf } from "./resources/invoices/present";
import { dayText, moneyText } from "./resources/subscriptions/wording";
import type { CreditNote, Invoice } from "./tables";
import type { World } from "./world";

/** An invoice in plain lines, for its page and its PDF. */
export function invoiceText({ store, settings }: World, invoice: Invoice): string[] {
  const money = (amount: number) => moneyText(amount, invoice.currency);
  const discounts = (invoice.total_discount_amounts ?? []).map(({ amount, discount: id }) => {
    const discount = store.get("discounts", id);
    const coupon = discount && couponOf(store, discount);
    return `${coupon?.name ?? coupon?.id ?? "Discount"}   ${money(-amount)}`;
  });
  return [
    `${settings.account.name}: invoice ${invoice.number} (${invoice.status})`,
    `Date: ${dayText(invoice.effective_at ?? invoice.created)}`,
    `Bill to: ${invoice.customer_name ?? invoice.customer_email ?? invoice.customer}`,
    ...linesOf(store, invoice.id).map((line) => `${line.description}   ${money(line.amount)}`),
    ...discounts,
    ...(invoice.total_taxes ?? []).map((tax) => taxText(store, tax, money)),
    `Total: ${money(invoice.total)}`,
    ...(invoice.pre_payment_credit_notes_amount > 0
      ? [`Credited: ${money(-invoice.pre_payment_credit_notes_amount)}`]
      : []),
    `Amount due: ${money(invoice.amount_remaining)}`,
  ];
}

export function creditNoteText({ store, settings }: World, note: CreditNote): string[] {
  const money = (amount: number) => moneyText(amount, note.currency);
  return [
    `${settings.account.name}: credit note ${note.number} (${note.status})`,
    `Date: ${dayText(note.effective_at ?? note.created)}`,
    `For invoice ${store.get("invoices", note.invoice)?.number}`,
    ...store
      .by("credit_note_lines", "credit_note", note.id)
      .map((line) => `${line.description ?? "Credit"}   ${money(line.amount)}`),
    ...(note.total_taxes ?? []).map((tax) => taxText(store, tax, money)),
    `Total credited: ${money(note.total)}`,
    ...(note.memo ? [note.memo] : []),
  ];
}

type Tax = NonNullable<Invoice["total_taxes"]>[number];

function taxText(store: World["store"], tax: Tax, money: (amount: number) => string): string {
  const rate = store.get("tax_rates", tax.tax_rate_details?.tax_rate ?? "");
  const kind = tax.tax_behavior === "inclusive" ? " included" : "";
  return `${rate?.display_name ?? "Tax"} ${rate?.percentage ?? 0}%${kind}   ${money(tax.amount)}`;
}
