import { formatMoney } from "../../money";
import type { InvoiceDetail } from "../schemas";
import { openPage, type PageWriter } from "./page-writer";

const seller = "Farebox";

/** Our own paper of an invoice, for one that Stripe has none of. */
export async function invoicePdf(invoice: InvoiceDetail): Promise<Uint8Array> {
  const title = `Invoice ${invoice.number ?? invoice.id}`;
  const page = openPage({ title, author: seller, date: new Date(invoice.createdAt) });
  heading(page, invoice, title);
  lines(page, invoice);
  totals(page, invoice);
  payments(page, invoice);
  return page.finish();
}

function heading(page: PageWriter, invoice: InvoiceDetail, title: string): void {
  const { left, right } = page;
  page.writeEnd(words[invoice.status] ?? invoice.status, right, { weight: 600, size: 11 });
  page.y += page.write(seller, left, 200, { weight: 600, size: 11 }) + 18;
  page.y += page.write(title, left, right - left, { weight: 600, size: 20 }) + 10;
  const facts = [
    ["Billed to", `${invoice.customer.name}, ${invoice.customer.email}`],
    ["Date", day(invoice.createdAt)],
    ["Period", `${day(invoice.periodStart)} to ${day(invoice.periodEnd)}`],
    ...(invoice.dueAt ? [["Due", day(invoice.dueAt)]] : []),
    ...(invoice.paidAt ? [["Paid", day(invoice.paidAt)]] : []),
  ];
  for (const [term = "", fact = ""] of facts) {
    page.write(term, left, 80, { quiet: true });
    page.y += page.write(fact, left + 90, right - left - 90);
  }
  page.y += 18;
}

function lines(page: PageWriter, { lines: all, currency }: InvoiceDetail): void {
  const { left, right } = page;
  page.write("What it is for", left, 300, { quiet: true, size: 9 });
  page.writeEnd("Amount", right, { quiet: true, size: 9 });
  page.y += 16;
  for (const { description, periodStart, periodEnd, amount } of all) {
    page.need(50);
    page.rule();
    page.y += 8;
    page.writeEnd(formatMoney({ amount, currency }), right);
    page.y += page.write(description, left, right - left - 120);
    if (day(periodStart) !== day(periodEnd)) {
      page.y += page.write(`${day(periodStart)} to ${day(periodEnd)}`, left, 300, { quiet: true, size: 9 });
    }
    page.y += 6;
  }
  page.need(20);
  page.rule();
  page.y += 10;
}

function totals(page: PageWriter, invoice: InvoiceDetail): void {
  const { currency } = invoice;
  const rows: { term: string; amount: number; strong?: boolean }[] = [
    { term: "Subtotal", amount: invoice.subtotal },
    ...invoice.discounts.map(({ name, code, amount }) => ({
      term: `Discount ${code ?? name ?? ""}`.trim(),
      amount: -amount,
    })),
    ...invoice.taxes.map(({ name, percentage, included, amount }) => ({
      term: `${name ?? "Tax"}${percentage ? ` ${percentage} %` : ""}${included ? " (included)" : ""}`,
      amount,
    })),
    { term: "Total", amount: invoice.total, strong: true },
    ...invoice.settlement.parts
      .filter(({ kind }) => kind !== "lines" && kind !== "other")
      .map(({ kind, amount }) => ({ term: settled[kind] ?? "", amount })),
    { term: "Paid", amount: invoice.amountPaid },
    ...(invoice.amountRefunded > 0 ? [{ term: "Refunded", amount: -invoice.amountRefunded }] : []),
    { term: "Still to pay", amount: invoice.amountRemaining, strong: true },
  ];
  for (const { term, amount, strong } of rows) {
    page.need(20);
    const look = { weight: strong ? 600 : 400 } as const;
    page.writeEnd(formatMoney({ amount, currency }), page.right, look);
    page.y += page.write(term, page.right - 260, 150, { ...look, quiet: !strong }) + 2;
  }
}

function payments(page: PageWriter, { payments: all, creditNotes }: InvoiceDetail): void {
  const rows = [
    ...all
      .filter(({ status }) => status === "succeeded")
      .map(
        ({ amount, currency, card, createdAt }) =>
          `Paid ${formatMoney({ amount, currency })}${card ? ` with a card ending ${card.last4}` : ""} on ${day(createdAt)}.`,
      ),
    ...creditNotes
      .filter(({ status }) => status === "issued")
      .map((note) => `Credit note ${note.number} of ${formatMoney(note)} on ${day(note.createdAt)}.`),
  ];
  page.y += 16;
  for (const row of rows) {
    page.need(20);
    page.y += page.write(row, page.left, page.right - page.left, { quiet: true });
  }
}

const day = (at: string): string =>
  new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" }).format(new Date(at));

const words: Record<string, string> = {
  draft: "Draft",
  open: "Open",
  paid: "Paid",
  void: "Void",
  uncollectible: "Not paid",
};

const settled: Partial<Record<string, string>> = {
  balance_used: "From your balance",
  balance_owed: "Owed from before",
  added_to_balance: "Added to your balance",
  carried_over: "Carried over to the next invoice",
  credit_notes: "Credit notes",
};
