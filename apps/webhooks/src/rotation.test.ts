import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { event, type Harness, harness, sign, testLog, until } from "@farebox/billing/testing";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { readEnv } from "./env";
import { type RunningWebhooks, startWebhooks } from "./webhooks";

let h: Harness;
let balancer: Awaited<ReturnType<typeof startBalancer>>;
let running: RunningWebhooks | undefined;

beforeAll(async () => {
  h = await harness();
  balancer = await startBalancer();
});
afterEach(async () => {
  for (const { id } of (await h.stripe.webhookEndpoints.list()).data) await h.stripe.webhookEndpoints.del(id);
  balancer.statuses.length = 0;
  await running?.stop();
  running = undefined;
});
afterAll(async () => {
  await h.close();
  await balancer.close();
});

it("T08: a secret is rolled by the runbook and not one event is refused", async () => {
  const { id, secret: old = "" } = await newEndpoint();
  await deploy(old);
  await somethingHappens();
  const fresh = h.sandbox.rollSecret(id);
  await somethingHappens();
  await deploy(`${fresh},${old}`);
  await somethingHappens();
  await deploy(fresh);
  await somethingHappens();
  expect(balancer.statuses.length).toBeGreaterThanOrEqual(4);
  expect(balancer.statuses.filter((status) => status !== 200)).toEqual([]);
  expect(await post(old)).toBe(400);
  expect(await post(fresh)).toBe(200);
});

it("T08: in the wrong order events are refused, and Stripe's repetition loses none of them", async () => {
  const { id, secret: old = "" } = await newEndpoint();
  await deploy(old);
  const fresh = h.sandbox.rollSecret(id, 0);
  const customer = await h.stripe.customers.create({ name: "Refused" });
  await until("the refusal", () => balancer.statuses.includes(400));
  await deploy(fresh);
  const [refused] = (await h.stripe.events.list({ limit: 1 })).data;
  expect(h.sandbox.resend(refused?.id ?? "", id)).toBe(1);
  await until("the repetition", () => balancer.statuses.at(-1) === 200);
  const stored = await h.db.webhookEvent.findMany({ where: { objectId: customer.id, endpointId: "main" } });
  expect(stored).toMatchObject([{ id: refused?.id, status: "received" }]);
});

const newEndpoint = () =>
  h.stripe.webhookEndpoints.create({ url: `${balancer.url}/stripe/main`, enabled_events: ["*"] });

/** The new release is up before the old one goes, as behind any load balancer. */
async function deploy(secrets: string): Promise<void> {
  const env = readEnv({
    DATABASE_URL: h.databaseUrl,
    STRIPE_WEBHOOK_SECRET: secrets,
    WEBHOOKS_PORT: "0",
    ROLE: "receive",
  });
  const before = running;
  running = await startWebhooks(env, testLog());
  balancer.target = `http://127.0.0.1:${running.port}`;
  await before?.stop();
}

async function somethingHappens() {
  const customer = await h.stripe.customers.create({ name: "Anybody" });
  await h.sandbox.settled();
  return customer;
}

async function post(secret: string): Promise<number> {
  const body = event({ object: { object: "customer", id: "cus_rotation" } });
  const headers = { "stripe-signature": sign(body, { secret }) };
  return (await fetch(`${balancer.url}/stripe/main`, { method: "POST", body, headers })).status;
}

async function startBalancer() {
  const state = { target: "", statuses: [] as number[] };
  const server = createServer(async (request, response) => {
    const headers = { "stripe-signature": String(request.headers["stripe-signature"] ?? "") };
    const body = await buffer(request);
    const answer = await fetch(`${state.target}${request.url}`, { method: "POST", body, headers });
    state.statuses.push(answer.status);
    response.writeHead(answer.status).end(await answer.text());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(state, {
    url: `http://127.0.0.1:${port}`,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  });
}
