import { sliceOf } from "../../engine/credit-note";
import { fromDecimal, rational, round, times } from "../../engine/money";
import { taxLine } from "../../engine/taxes";
import { invalid } from "../../http/errors";
import { mergeMetadata } from "../../http/params";
import { newId } from "../../ids";
import type { CreditNoteLine, Invoice, InvoiceLine } from "../../tables";
import type { Tx } from "../../transaction";
import { givenRates } from "../tax-rates";
import type { CreateParams, LineGiven } from "./params";

/** The lines of a credit note: slices of the invoice's lines, or amounts of their own. */
export function creditLines(tx: Tx, invoice: Invoice, given: CreateParams): CreditNoteLine[] {
  const ways = [given.amount, given.lines].filter((way) => way !== undefined);
  if (ways.length !== 1)
    throw invalid("Pass exactly one of amount and lines.", "parameter_missing", "amount");
  if (!given.lines)
    return [customLine(tx, { type: "custom_line_item", unit_amount: given.amount ?? 0 }, "lines[0]")];
  const named = given.lines.flatMap((line) => line.invoice_line_item ?? []);
  if (new Set(named).size < named.length)
    throw invalid("Each line of the invoice can be credited once per credit note.", undefined, "lines");
  return given.lines.map((line, at) => {
    const param = `lines[${at}]`;
    return line.type === "custom_line_item"
      ? customLine(tx, line, param)
      : invoiceLine(tx, invoice, line, param);
  });
}

const blank = {
  object: "credit_note_line_item",
  discount_amount: 0,
  discount_amounts: [],
  livemode: false,
  pretax_credit_amounts: [],
  tax_rates: [],
  taxes: [],
} satisfies Partial<CreditNoteLine>;

function customLine(tx: Tx, given: LineGiven, param: string): CreditNoteLine {
  const unit = given.unit_amount_decimal ?? given.unit_amount?.toString();
  if (unit === undefined)
    throw invalid("A custom line needs a unit_amount.", "parameter_missing", `${param}[unit_amount]`);
  const quantity = given.quantity ?? 1;
  const amount = round(times(fromDecimal(unit), rational(quantity)));
  const rates = givenRates(tx, given.tax_rates ?? [], `${param}[tax_rates]`);
  const terms = rates.map((rate) => ({ ...rate, percentage: fromDecimal(String(rate.percentage)) }));
  return {
    ...blank,
    id: newId("cnli"),
    amount,
    description: given.description ?? null,
    metadata: mergeMetadata(null, given.metadata),
    quantity,
    tax_rates: rates,
    taxes: taxLine(amount, terms).map((tax) => ({
      amount: tax.amount,
      tax_behavior: tax.inclusive ? "inclusive" : "exclusive",
      tax_rate_details: { tax_rate: tax.rate },
      taxability_reason: "not_available",
      taxable_amount: tax.taxable,
      type: "tax_rate_details",
    })),
    type: "custom_line_item",
    unit_amount: given.unit_amount ?? null,
    unit_amount_decimal: unit,
  };
}

/** Discounts and taxes of a line are credited in proportion; what is left over comes with the last slice. */
function invoiceLine(tx: Tx, invoice: Invoice, given: LineGiven, param: string): CreditNoteLine {
  const line = tx.need("invoice_lines", given.invoice_line_item ?? "", `${param}[invoice_line_item]`);
  if (line.invoice !== invoice.id)
    throw invalid(`No such line item: '${line.id}'`, "resource_missing", `${param}[invoice_line_item]`);
  const before = creditedOf(tx, line);
  const amount = amountOf(line, given, param);
  if (amount < 0 || before + amount > line.amount) {
    throw invalid(
      `The line ${line.id} can be credited by at most ${line.amount - before}.`,
      undefined,
      `${param}[amount]`,
    );
  }
  const slice = (whole: number) => sliceOf(whole, line.amount, before, amount);
  const discounts = (line.discount_amounts ?? []).map((one) => ({ ...one, amount: slice(one.amount) }));
  return {
    ...blank,
    id: newId("cnli"),
    amount,
    description: given.description ?? line.description,
    discount_amount: discounts.reduce((sum, one) => sum + one.amount, 0),
    discount_amounts: discounts,
    invoice_line_item: line.id,
    metadata: mergeMetadata(null, given.metadata),
    pretax_credit_amounts: discounts.map(({ amount: off, discount }) => ({
      amount: off,
      discount,
      type: "discount",
    })),
    quantity: given.quantity ?? null,
    tax_rates: (line.taxes ?? []).flatMap(
      (tax) => tx.get("tax_rates", tax.tax_rate_details?.tax_rate ?? "") ?? [],
    ),
    taxes: (line.taxes ?? []).map((tax) => ({
      ...tax,
      amount: slice(tax.amount),
      taxable_amount: slice(tax.taxable_amount ?? 0),
    })),
    type: "invoice_line_item",
    unit_amount: null,
    unit_amount_decimal: given.quantity === undefined ? null : (line.pricing?.unit_amount_decimal ?? null),
  };
}

function amountOf(line: InvoiceLine, given: LineGiven, param: string): number {
  if (given.amount !== undefined && given.quantity !== undefined)
    throw invalid("Pass amount or quantity, not both.", "parameters_exclusive", `${param}[quantity]`);
  if (given.amount !== undefined) return given.amount;
  const { quantity: all } = line;
  if (given.quantity === undefined || all === null || all === 0) return line.amount;
  return round(times(rational(line.amount), rational(given.quantity, all)));
}

function creditedOf(tx: Tx, line: InvoiceLine): number {
  return tx
    .by("credit_note_lines", "invoice_line_item", line.id)
    .filter((credited) => tx.get("credit_notes", credited.credit_note)?.status === "issued")
    .reduce((sum, credited) => sum + credited.amount, 0);
}
