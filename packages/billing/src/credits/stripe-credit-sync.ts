import type pg from "pg";
import type Stripe from "stripe";
import type { Billing } from "../context";
import { ensureOwner } from "../customers/sync";
import { mirrorList } from "../db/sql/mirror-list";
import { mirrorTable, type Write } from "../db/sql/mirror-table";
import { notifyChange } from "../live/notify";
import { idOf, instant, storable } from "../stripe/fields";
import type { Apply } from "../webhooks/objects";

interface StripeCreditRow {
  customerId: string;
  id: string;
  name: string | null;
  category: string;
  currency: string;
  amount: number;
  priority: number | null;
  effectiveAt: Date | null;
  expiresAt: Date | null;
  voidedAt: Date | null;
  createdAt: Date;
}

interface MovementRow {
  id: string;
  amount: number;
  reason: string;
  invoiceId: string | null;
  effectiveAt: Date;
}

/** A grant with everything that was ever added to it or used of it. */
export interface WholeStripeCredit {
  grant: Stripe.Billing.CreditGrant;
  movements: Stripe.Billing.CreditBalanceTransaction[];
}

const writeCredit = mirrorTable<StripeCreditRow>("stripe_credit", [
  "name",
  "category",
  "currency",
  "amount",
  "priority",
  "effectiveAt",
  "expiresAt",
  "voidedAt",
  "createdAt",
]);

const writeMovements = mirrorList<MovementRow>("stripe_credit_movement", "grant_id", {
  id: "text",
  amount: "bigint",
  reason: "text",
  invoiceId: "text",
  effectiveAt: "timestamptz",
});

export const refreshStripeCredit = async (billing: Billing, id: string): Promise<Apply> =>
  applyStripeCredit(billing, await billing.stripe.billing.creditGrants.retrieve(id), "latest");

export async function applyStripeCredit(
  billing: Billing,
  grant: Stripe.Billing.CreditGrant,
  write: Write,
): Promise<Apply> {
  const whole = await wholeStripeCredit(billing.stripe, grant);
  const owner = await ensureOwner(billing, grant.customer);
  return async (client) => {
    if (owner) await syncStripeCredit(client, owner, whole, write);
  };
}

export async function syncStripeCredit(
  client: pg.PoolClient,
  customerId: string,
  { grant, movements }: WholeStripeCredit,
  write: Write,
): Promise<void> {
  const row: StripeCreditRow = {
    customerId,
    id: grant.id,
    name: storable(grant.name),
    category: grant.category,
    // A grant is money, or it is nothing that our books can hold.
    currency: grant.amount.monetary?.currency ?? "",
    amount: grant.amount.monetary?.value ?? 0,
    priority: grant.priority,
    effectiveAt: instant(grant.effective_at),
    expiresAt: instant(grant.expires_at),
    voidedAt: instant(grant.voided_at),
    createdAt: instant(grant.created),
  };
  const changed = await writeCredit(client, row, write);
  if (!changed && write === "first") return;
  const moved = await writeMovements(client, { customerId, id: row.id }, movements.map(movementRow));
  if (changed || moved > 0) await notifyChange(client, { customerId, nouns: ["credits"] });
}

async function wholeStripeCredit(
  stripe: Stripe,
  grant: Stripe.Billing.CreditGrant,
): Promise<WholeStripeCredit> {
  const customer = idOf(grant.customer) ?? "";
  const movements = await stripe.billing.creditBalanceTransactions
    .list({ customer, credit_grant: grant.id, limit: 100 })
    .autoPagingToArray({ limit: 10_000 });
  return { grant, movements };
}

const movementRow = (movement: Stripe.Billing.CreditBalanceTransaction): MovementRow => ({
  id: movement.id,
  amount: (movement.credit?.amount.monetary?.value ?? 0) - (movement.debit?.amount.monetary?.value ?? 0),
  reason: movement.debit?.type ?? movement.credit?.type ?? "unknown",
  invoiceId: idOf(
    movement.debit?.credits_applied?.invoice ??
      movement.credit?.credits_application_invoice_voided?.invoice ??
      null,
  ),
  effectiveAt: instant(movement.effective_at),
});
