import { randomUUID } from "node:crypto";
import Stripe from "stripe";
import { portIn, sandboxProgram } from "../bundles";
import { answeredPerSecond, requestBytes } from "../load";
import { compare, type Goal, type Reading } from "../measure";
import { residentMb } from "../resident";
import type { Workspace } from "../workspace";
import type { Row } from "./row";

const memory: Goal = {
  name: "sandbox-memory",
  what: "resident memory of the sandbox with 100,000 customers, against the limit of 600 MB",
  unit: "MB",
  goal: 1,
  better: "lower",
};
const clock: Goal = {
  name: "sandbox-clock",
  what: "two years of a monthly subscription lived through on a test clock, against the limit of 2 s",
  unit: "ms",
  goal: 1,
  better: "lower",
};
const customers = 100_000;
const limitMb = 600;
const limitMs = 2_000;
const daySeconds = 24 * 60 * 60;
/** Stripe lets a clock move by two intervals at most. */
const stepSeconds = 59 * daySeconds;

export const sandboxLimitsRow: Row = {
  goals: [memory, clock],
  async measure(workspace) {
    const filled = await sandboxOf(workspace);
    const lived = await sandboxOf(workspace);
    await twoYears(lived);
    const limit = (value: number) => async () => ({ value, residentMb: 0 });
    return [
      await compare(memory, { ours: () => fill(filled), theirs: limit(limitMb) }, 1),
      await compare(clock, { ours: () => twoYears(lived), theirs: limit(limitMs) }),
    ];
  },
};

interface Sandbox {
  pid: number;
  port: number;
}

async function sandboxOf(workspace: Workspace): Promise<Sandbox> {
  const { pid, line } = workspace.start(sandboxProgram);
  return { pid, port: portIn(await line('"listening"')) };
}

/** As the product sends them, so each is kept with its event and the result of its idempotency key. */
async function fill({ pid, port }: Sandbox): Promise<Reading> {
  let made = 0;
  const next = () => {
    if (made === customers) return undefined;
    made += 1;
    const id = randomUUID();
    return requestBytes(
      "POST /v1/customers",
      {
        authorization: "Bearer sk_test_farebox",
        "content-type": "application/x-www-form-urlencoded",
        "idempotency-key": id,
      },
      new URLSearchParams({
        name: `Customer ${made}`,
        email: `customer-${made}@bench.example`,
        "metadata[farebox_customer_id]": id,
      }).toString(),
    );
  };
  await answeredPerSecond({ port, connections: 16, next });
  const value = residentMb(pid);
  return { value, residentMb: value };
}

async function twoYears({ pid, port }: Sandbox): Promise<Reading> {
  const stripe = new Stripe("sk_test_farebox", {
    host: "127.0.0.1",
    port,
    protocol: "http",
    telemetry: false,
  });
  const begin = Date.UTC(2026, 0, 31) / 1000;
  const { id } = await stripe.testHelpers.testClocks.create({ frozen_time: begin });
  const { id: customer } = await stripe.customers.create({
    test_clock: id,
    payment_method: "pm_card_visa",
    invoice_settings: { default_payment_method: "pm_card_visa" },
  });
  const { id: price } = await stripe.prices.create({
    currency: "usd",
    unit_amount: 2000,
    recurring: { interval: "month" },
    product_data: { name: "Growth" },
  });
  const subscription = await stripe.subscriptions.create({ customer, items: [{ price }] });
  const from = performance.now();
  const end = Date.UTC(2028, 0, 31) / 1000 + daySeconds;
  for (let now = begin; now < end; ) {
    now = Math.min(now + stepSeconds, end);
    await stripe.testHelpers.testClocks.advance(id, { frozen_time: now });
    while ((await stripe.testHelpers.testClocks.retrieve(id)).status !== "ready");
  }
  const value = performance.now() - from;
  const { data } = await stripe.invoices.list({ subscription: subscription.id, status: "paid", limit: 100 });
  if (data.length !== 25) throw new Error(`${data.length} invoices are paid after two years, not 25`);
  return { value, residentMb: residentMb(pid) };
}
