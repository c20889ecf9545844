import { readFileSync } from "node:fs";
import { event, type Harness, harness, sign, testLog, until } from "@farebox/billing/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readEnv } from "./env";
import { type RunningWebhooks, startWebhooks } from "./webhooks";

const secret = "whsec_of_the_metrics_test";
let h: Harness;
let webhooks: RunningWebhooks;

beforeAll(async () => {
  h = await harness();
  await h.webhooks.worker.stop();
  const env = readEnv({
    DATABASE_URL: h.databaseUrl,
    STRIPE_WEBHOOK_SECRET: secret,
    STRIPE_SECRET_KEY: h.sandbox.secretKey,
    STRIPE_API_BASE: h.sandbox.url,
    WEBHOOKS_PORT: "0",
  });
  webhooks = await startWebhooks(env, testLog());
});
afterAll(async () => {
  await webhooks.stop();
  await h.close();
});

const scrape = async () => (await fetch(`http://127.0.0.1:${webhooks.port}/metrics`)).text();

it("counts what the worker did, what Stripe answered, and what the tables know", async () => {
  h.sandbox.forward({ url: `http://127.0.0.1:${webhooks.port}/stripe/main`, secret });
  await h.stripe.customers.create({ name: "Counted" });
  await until("the customer to be applied", async () =>
    (await scrape()).includes('webhook_objects_total{outcome="applied",object_type="customer"} 1'),
  );
  await h.pool.query(
    `INSERT INTO dirty_object (account_id, object_type, object_id, due_at, dead_at, dead_reason)
    VALUES ('own', 'customer', 'cus_dead', NULL, now(), 'not_mappable')`,
  );
  const told = await scrape();
  for (const line of [
    'webhook_dead{reason="not_mappable"} 1',
    "webhook_queue_dead 1",
    'webhook_class_due{class="sweep"} 0',
    'operations_undecided{state="unknown"} 0',
    'reconcile_drift_left{cause="event_lost"} 0',
  ]) {
    expect(told).toContain(line);
  }
  expect(told).toMatch(/stripe_answers_total\{method="GET",resource="customers",status="200"\} [1-9]/);
  expect(told).toMatch(/webhook_last_event_timestamp_seconds\{type="customer.created"\} \d{10}/);
  expect(Number(/webhook_object_age_seconds_count (\d+)/.exec(told)?.[1])).toBeGreaterThan(0);
});

it("refusals tell their reason: a clock that is wrong, or a secret that is", async () => {
  const body = event({ object: { object: "customer", id: "cus_1" } });
  const post = (header: string) =>
    fetch(`http://127.0.0.1:${webhooks.port}/stripe/main`, {
      method: "POST",
      body,
      headers: { "stripe-signature": header },
    });
  const anHourAgo = Math.floor(Date.now() / 1000) - 3600;
  await post(sign(body, { secret, timestamp: anHourAgo }));
  await post(sign(body, { secret: "whsec_another_one" }));
  const told = await scrape();
  expect(told).toContain('webhook_events_total{result="bad_timestamp"} 1');
  expect(told).toContain('webhook_events_total{result="bad_signature"} 1');
});

it("has every metric that the alerts are written with", async () => {
  const page = readFileSync(new URL("../../../docs/runbooks/alerts.md", import.meta.url), "utf8");
  const named = page.match(/\b(webhook|reconcile|recurring|operations|stripe)_[a-z_]+(?=[{)[\s])/g) ?? [];
  const names = new Set(named.map((name) => name.replace(/_(bucket|sum|count)$/, "")));
  expect(names.size).toBeGreaterThan(15);
  await until("the first poll", async () => (await scrape()).includes("recurring_job_ok_age_seconds{"));
  const known = new Set([...(await scrape()).matchAll(/^# TYPE (\w+)/gm)].map(([, name]) => name));
  expect([...names].filter((name) => !known.has(name))).toEqual([]);
});
