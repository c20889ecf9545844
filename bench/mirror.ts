import { setTimeout as sleep } from "node:timers/promises";
import type { Account } from "./account";
import type { Database } from "./workspace";

const askEveryMs = 5;
const settleWithinMs = 60_000;

/** Nothing is mirrored any more. Nobody looks for events that were not delivered: it would find all of them. */
export async function emptyMirror({ billing }: Database): Promise<void> {
  await billing.pool.query("truncate webhook_event, dirty_object, customer, price, product cascade");
  await billing.pool.query(
    `insert into recurring_job (name, next_at) values ('poll_events', now() + interval '1 day')
    on conflict (name) do update set next_at = excluded.next_at`,
  );
}

/** Returns when so many events are stored and every object they are about is applied. */
export async function settled({ billing }: Database, events: number): Promise<void> {
  const deadline = performance.now() + settleWithinMs;
  for (;;) {
    const { rows } = await billing.pool.query<{ settled: boolean }>({
      name: "bench-settled",
      text: `select (select count(*) from webhook_event) >= $1
        and not exists (select from dirty_object where done_seq < dirty_seq) as settled`,
      values: [events],
    });
    if (rows[0]?.settled) return;
    if (performance.now() > deadline) throw new Error("the mirror was not settled within a minute");
    await sleep(askEveryMs);
  }
}

/** Every customer, card, subscription and invoice is here as it is there. */
export async function requireMirror({ billing }: Database, { stripe }: Account): Promise<void> {
  const has = async (sql: string) => {
    const { rows } = await billing.pool.query<{ row: string }>(sql);
    return rows.map(({ row }) => row);
  };
  const same = (what: string, here: string[], there: string[]) => {
    const known = new Set(here);
    const missing = there.find((row) => !known.has(row));
    if (missing || here.length !== there.length)
      throw new Error(`${here.length} ${what} for ${there.length}, and nowhere ${missing}`);
  };
  const customers = await stripe.customers.list({ limit: 100 }).autoPagingToArray({ limit: 10_000 });
  same(
    "customers",
    await has(
      "select concat_ws(' ', stripe_customer_id, name, default_payment_method_id) as row from customer",
    ),
    customers.map(({ id, name, invoice_settings: { default_payment_method: card } }) =>
      [id, name, card].filter((part) => part !== null).join(" "),
    ),
  );
  const subscriptions = await stripe.subscriptions.list({ limit: 100 }).autoPagingToArray({ limit: 10_000 });
  same(
    "subscriptions",
    await has("select concat_ws(' ', id, status, cancel_at is not null) as row from subscription"),
    subscriptions.map(({ id, status, cancel_at: end }) => `${id} ${status} ${end === null ? "f" : "t"}`),
  );
  const invoices = await stripe.invoices.list({ limit: 100 }).autoPagingToArray({ limit: 10_000 });
  same(
    "invoices",
    await has("select concat_ws(' ', id, status, number) as row from invoice"),
    invoices.map(({ id, status, number }) => `${id} ${status} ${number}`),
  );
  const cards = subscriptions.length;
  const changed = await has("select id as row from payment_method where exp_year = 2042");
  if (changed.length !== cards) throw new Error(`${changed.length} of ${cards} cards are as they are`);
}
