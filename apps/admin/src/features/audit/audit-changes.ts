import type { AuditEntry } from "../../lib/views";
import { wordsOf } from "../../lib/words";

export type AuditValue =
  | { kind: "none" }
  | { kind: "money"; amount: number; currency: string }
  | { kind: "instant"; at: string }
  | { kind: "text"; text: string };

export interface AuditChange {
  field: string;
  before: AuditValue;
  after: AuditValue;
}

const moneyField = /(^|_|\b)(amount|total|subtotal|balance|refunded|paid|due|price|tax|discount)/i;
const wordFields = ["status", "reason", "interval"];
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;

/** Only what differs, field by field, nested fields named by their path. An amount already names its currency. */
export function auditChanges(
  before: unknown,
  after: unknown,
  currencyOfInvoice: (invoiceId: string) => string | undefined = () => undefined,
): AuditChange[] {
  const old = flat(before);
  const fresh = flat(after);
  const invoiceId = fresh.get("invoiceId");
  const ofInvoice = typeof invoiceId === "string" ? currencyOfInvoice(invoiceId) : undefined;
  const currency = currencyOf(fresh) ?? currencyOf(old) ?? ofInvoice;
  const fields = [...new Set([...old.keys(), ...fresh.keys()])];
  const changes = fields
    .filter((field) => JSON.stringify(old.get(field) ?? null) !== JSON.stringify(fresh.get(field) ?? null))
    .map((field) => ({
      field: wordsOf(field),
      before: readable(field, old.get(field), currency),
      after: readable(field, fresh.get(field), currency),
    }));
  const moneyShown = changes.some(
    (change) => change.before.kind === "money" || change.after.kind === "money",
  );
  return moneyShown ? changes.filter(({ field }) => field !== "currency") : changes;
}

/** What an entry adds to its heading: the reason is told there, and the invoice is linked. */
export function auditNews(
  { before, after, reason }: Pick<AuditEntry, "before" | "after" | "reason">,
  currencyOfInvoice: (invoiceId: string) => string | undefined,
): AuditChange[] {
  return auditChanges(before, after, currencyOfInvoice).filter(
    ({ field, after: value }) => field !== "invoice id" && !(value.kind === "text" && value.text === reason),
  );
}

function flat(value: unknown, path = ""): Map<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    const nothing = value === null || value === undefined || value === "";
    return nothing ? new Map() : new Map([[path || "value", value]]);
  }
  const fields = new Map<string, unknown>();
  for (const [name, inner] of Object.entries(value)) {
    for (const [field, leaf] of flat(inner, path ? `${path}.${name}` : name)) fields.set(field, leaf);
  }
  return fields;
}

function currencyOf(fields: Map<string, unknown>): string | undefined {
  const currency = fields.get("currency");
  return typeof currency === "string" ? currency : undefined;
}

function readable(field: string, value: unknown, currency: string | undefined): AuditValue {
  if (value === undefined || value === null) return { kind: "none" };
  if (
    currency &&
    typeof value === "number" &&
    Number.isSafeInteger(value) &&
    moneyField.test(wordsOf(field))
  ) {
    return { kind: "money", amount: value, currency };
  }
  if (typeof value === "string" && instant.test(value)) return { kind: "instant", at: value };
  if (typeof value === "boolean") return { kind: "text", text: value ? "yes" : "no" };
  if (typeof value === "string" && field === "currency") return { kind: "text", text: value.toUpperCase() };
  if (typeof value === "string" && wordFields.includes(field)) return { kind: "text", text: wordsOf(value) };
  return { kind: "text", text: typeof value === "object" ? JSON.stringify(value) : String(value) };
}
