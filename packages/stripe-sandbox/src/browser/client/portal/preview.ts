import type { PreviewState } from "../../portal-state";
import { h } from "../console/dom";
import { dayText, totals } from "../hosted/parts";
import { everyText, money } from "./page";

/** What a change costs now or with the next invoice, and from then on. */
export function previewPart({ regular, starts_at: starts, invoice }: PreviewState): HTMLElement {
  const from = `${money(regular.amount, regular.currency)} ${everyText(regular.interval, regular.interval_count)}`;
  if (!invoice) {
    return h(
      "section",
      { class: "card" },
      h("h2", {}, "At the end of the period"),
      h("p", {}, `Nothing is charged today. From ${dayText(starts)} on it is ${from}.`),
    );
  }
  const { currency, lines, total_discount_amounts: discounts, total_taxes: taxes } = invoice;
  const amount = (value: number) => money(value, currency);
  const off = (discounts ?? []).reduce((sum, one) => sum + one.amount, 0);
  const added = (taxes ?? [])
    .filter(({ tax_behavior: behavior }) => behavior === "exclusive")
    .reduce((sum, one) => sum + one.amount, 0);
  const applied = invoice.amount_due - invoice.total;
  const isNow = invoice.created <= starts;
  return h(
    "section",
    { class: "card" },
    h("h2", {}, isNow ? "Charged today" : `Your next invoice, ${dayText(invoice.created)}`),
    totals([
      ...lines.data.map(({ description, amount: value }) => ({
        label: description ?? "",
        value: amount(value),
      })),
      ...(off > 0 ? [{ label: "Discounts", value: amount(-off) }] : []),
      ...(added > 0 ? [{ label: "Tax", value: amount(added) }] : []),
      ...(applied !== 0 ? [{ label: "Balance", value: amount(applied) }] : []),
      { label: isNow ? "Due today" : "Due then", value: amount(invoice.amount_due), strong: true },
    ]),
    h("p", { class: "note" }, `Then ${from}, before discounts and tax.`),
  );
}
