import { invalid } from "../../http/errors";
import { hash, type Parser, text } from "../../http/params";
import { newId } from "../../ids";
import type { Invoice, TaxId } from "../../tables";
import type { Read, Tx } from "../../transaction";
import { countryOf, isValidTaxId, isVerifiable, taxIdTypes } from "./types";

const type: Parser<string> = (raw, path) => {
  if (typeof raw === "string" && taxIdTypes.has(raw)) return raw;
  throw invalid(`Invalid ${path}: must be one of ${[...taxIdTypes].join(", ")}`, undefined, path);
};
export const taxIdParams = hash({ type, value: text }, ["type", "value"]);
export type TaxIdGiven = ReturnType<typeof taxIdParams>;

export function createTaxId(tx: Tx, customer: string, given: TaxIdGiven, param = "value"): TaxId {
  if (!isValidTaxId(given.type, given.value))
    throw invalid(`Invalid value for ${given.type}.`, "tax_id_invalid", param);
  const known = tx.by("tax_ids", "customer", customer);
  if (known.length >= mostTaxIds())
    throw invalid(`A customer can have up to ${mostTaxIds()} tax IDs.`, undefined, param);
  const row = tx.put("tax_ids", {
    id: newId("txi"),
    object: "tax_id",
    country: countryOf(given.type, given.value),
    created: tx.now,
    customer,
    customer_account: null,
    livemode: false,
    owner: { customer, customer_account: null, type: "customer" },
    type: given.type,
    value: given.value,
    verification: {
      status: isVerifiable(given.type) ? "pending" : "unavailable",
      verified_address: null,
      verified_name: null,
    },
  });
  tx.emit("customer.tax_id.created", "tax_ids", row.id);
  if (isVerifiable(given.type)) tx.soon("tax_id.verify", row.id);
  return row;
}

export function removeTaxId(tx: Tx, customer: string, id: string) {
  const row = taxIdOf(tx, customer, id);
  tx.emit("customer.tax_id.deleted", "tax_ids", row.id);
  tx.remove("tax_ids", row.id);
  tx.unschedule(row.id);
  return { id: row.id, object: "tax_id", deleted: true };
}

export function taxIdOf(tx: Tx, customer: string, id: string): TaxId {
  const row = tx.get("tax_ids", id);
  if (row?.customer === customer) return row;
  throw invalid(`No such tax_id: '${id}'`, "resource_missing", "id", 404);
}

/** As an invoice shows them, for as long as it is a draft and from then on. */
export function shownTaxIds(read: Read, customer: string | null): NonNullable<Invoice["customer_tax_ids"]> {
  if (!customer) return [];
  return read.by("tax_ids", "customer", customer).map(({ type, value }) => ({ type, value }));
}

/** What the register says: the test values decide, every other one is found. */
export function verifyTaxId(tx: Tx, id: string): void {
  const row = tx.get("tax_ids", id);
  if (row?.verification?.status !== "pending") return;
  const digits = row.value.replace(/\D/g, "");
  if (/^2{9,}$/.test(digits)) return;
  const found = !/^1{9,}$/.test(digits);
  const customer = tx.get("customers", row.customer ?? "");
  tx.patch("tax_ids", id, {
    verification: {
      status: found ? "verified" : "unverified",
      verified_address: found ? addressText(customer?.address) : null,
      verified_name: found ? (customer?.name ?? null) : null,
    },
  });
  tx.emit("customer.tax_id.updated", "tax_ids", id);
}

/** How many are allowed is not in Stripe's types. */
function mostTaxIds(): number {
  return 5;
}

function addressText(
  address: { line1: string | null; postal_code: string | null; city: string | null } | null | undefined,
) {
  const parts = [address?.line1, address?.postal_code, address?.city].filter(Boolean);
  return parts.length > 0 ? parts.join(", ") : null;
}
