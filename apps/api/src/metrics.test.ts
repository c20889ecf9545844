import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { countStripeAnswers } from "./metrics";
import { type TestServer, testServer } from "./testing/test-server";

let server: TestServer;
const stripeAnswers = countStripeAnswers();

beforeAll(async () => {
  server = await testServer({ stripeAnswers });
});
afterAll(() => server.close());

const scrape = async () => (await server.call("api", "/metrics")).text();

test("has every metric of this process that the alerts are written with", async () => {
  const page = readFileSync(new URL("../../../docs/runbooks/alerts.md", import.meta.url), "utf8");
  const named = page.match(/\b(http|live|database)_[a-z_]+(?=[{)[\s])/g) ?? [];
  const names = new Set(named.map((name) => name.replace(/_(bucket|sum|count)$/, "")));
  expect(names.size).toBeGreaterThanOrEqual(4);
  const known = new Set([...(await scrape()).matchAll(/^# TYPE (\w+)/gm)].map(([, name]) => name));
  expect([...names].filter((name) => !known.has(name))).toEqual([]);
});

test("counts what Stripe answered, each try by itself", async () => {
  const answer = { method: "GET", resource: "invoices" };
  stripeAnswers.answered({ ...answer, status: 429 });
  stripeAnswers.answered({ ...answer, status: 200 });
  stripeAnswers.answered({ ...answer, status: "none" });
  const told = await scrape();
  for (const status of ["429", "200", "none"]) {
    expect(told).toContain(`stripe_answers_total{method="GET",resource="invoices",status="${status}"} 1`);
  }
});
