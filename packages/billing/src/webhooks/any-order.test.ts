import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Harness, harness } from "../testing/harness";
import { deliver, secret } from "../testing/signed-event";
import { createReceiver, type Receiver } from "./receive";

let h: Harness;
let receive: Receiver;
let customerId: string;
let events: string[];
let truth: unknown;

const mirrored = [
  "balance_transaction",
  "refund",
  "charge",
  "payment",
  "invoice_payment",
  "invoice_line",
  "invoice",
  "subscription_item",
  "subscription",
  "payment_method",
];

/** One customer subscribes with a bank challenge after a decline, pays, and gets a part and then the rest back. */
beforeAll(async () => {
  h = await harness();
  const session = await h.asCustomer();
  const staff = await h.asStaff("finance");
  customerId = session.customerId;
  const wish = { operationId: randomUUID(), planId: "growth", interval: "month", currency: "usd" } as const;
  const { confirmation } = await session.caller.subscriptions.create(wish);
  if (confirmation.kind !== "payment") throw new Error("expected something to pay");
  await h.payAs(confirmation.clientSecret, "pm_card_visa_chargeDeclined");
  await h.payAs(confirmation.clientSecret, "pm_card_threeDSecure2Required", "complete");
  await h.quiet();
  const { invoices } = await session.caller.invoices.list({});
  const refund = { invoiceId: invoices[0]?.id ?? "", reason: "requested_by_customer", note: "" } as const;
  await staff.caller.refunds.create({ ...refund, operationId: randomUUID(), amount: 4000 });
  await staff.caller.refunds.create({ ...refund, operationId: randomUUID(), amount: 5900 });
  await h.quiet();
  const { rows } = await h.pool.query("SELECT raw FROM webhook_event ORDER BY received_at");
  events = rows.map(({ raw }) => raw.toString());
  truth = await state();
  receive = createReceiver({
    pool: h.pool,
    log: h.log,
    endpoints: [
      {
        id: "main",
        secrets: [secret],
        accounts: "own",
        accountId: "acct_any",
        livemode: false,
        apiVersion: "2026-10-28.endive",
      },
    ],
  });
});
afterAll(() => h.close());

/** Everything we keep of this customer, but for when it was written. */
async function state(): Promise<unknown> {
  const tables = [...mirrored, "money_operation"].map(async (table) => {
    const { rows } = await h.pool.query(
      `SELECT to_jsonb(t) - '{synced_at,settled_at,submitted_at,attempts}'::text[] AS row FROM ${table} t
      WHERE customer_id = $1 ORDER BY id`,
      [customerId],
    );
    return [table, rows.map(({ row }) => row)];
  });
  const customer = await h.pool.query(
    "SELECT to_jsonb(c) - 'synced_at' AS row FROM customer c WHERE id = $1",
    [customerId],
  );
  return { customer: customer.rows[0]?.row, ...Object.fromEntries(await Promise.all(tables)) };
}

/** As if no event had ever arrived, and every process had died right after asking Stripe. */
async function forget(): Promise<void> {
  await h.pool.query("TRUNCATE webhook_event, dirty_object");
  for (const table of mirrored)
    await h.pool.query(`DELETE FROM ${table} WHERE customer_id = $1`, [customerId]);
  await h.pool.query(
    `UPDATE customer SET stripe_customer_id = NULL, currency = NULL, balance_amount = 0, delinquent = false, synced_at = NULL
    WHERE id = $1`,
    [customerId],
  );
  await h.pool.query(
    `UPDATE money_operation SET state = 'unknown', stripe_object_id = NULL, settled_at = NULL WHERE customer_id = $1`,
    [customerId],
  );
}

it("C02 C03: ends in the same state, in whatever order and however often the events arrive", async () => {
  expect(events.length).toBeGreaterThan(15);
  expect(truth).toMatchObject({ subscription: [{ status: "active", live_slot: "plan" }], refund: [{}, {}] });
  const orders = fc
    .array(fc.constantFrom(...events), { maxLength: 20 })
    .chain((again) =>
      fc.shuffledSubarray([...events, ...again], { minLength: events.length + again.length }),
    );
  await fc.assert(
    fc.asyncProperty(orders, fc.integer({ min: 1, max: 8 }), async (order, atOnce) => {
      await forget();
      for (let next = 0; next < order.length; next += atOnce) {
        const batch = order.slice(next, next + atOnce);
        const answers = await Promise.all(batch.map((body) => deliver(receive, body)));
        expect(answers.every(({ status }) => status === 200)).toBe(true);
      }
      await h.webhooks.worker.idle();
      expect(await state()).toEqual(truth);
    }),
    { numRuns: 12 },
  );
}, 120_000);
