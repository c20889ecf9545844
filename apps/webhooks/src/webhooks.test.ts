import { request } from "node:http";
import { text } from "node:stream/consumers";
import { event, sign, testDatabase, testLog, until } from "@farebox/billing/testing";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { readEnv } from "./env";
import { type RunningWebhooks, startWebhooks } from "./webhooks";

const secret = "whsec_of_this_process";
const body = event({ object: { object: "customer", id: "cus_1" } });
const running: RunningWebhooks[] = [];
let database: Awaited<ReturnType<typeof testDatabase>>;

beforeAll(async () => {
  database = await testDatabase();
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((webhooks) => webhooks.stop()));
});
afterAll(() => database.drop());

async function start(fields: Record<string, string> = {}): Promise<string> {
  const env = readEnv({
    DATABASE_URL: database.databaseUrl,
    STRIPE_WEBHOOK_SECRET: secret,
    STRIPE_SECRET_KEY: "sk_test_farebox",
    STRIPE_API_BASE: "http://127.0.0.1:1",
    WEBHOOKS_PORT: "0",
    ROLE: "receive",
    ...fields,
  });
  const webhooks = await startWebhooks(env, testLog());
  running.push(webhooks);
  return `http://127.0.0.1:${webhooks.port}`;
}

const post = (url: string, payload: string, header = sign(payload, { secret })) =>
  fetch(url, { method: "POST", body: payload, headers: { "stripe-signature": header } });

describe("the receiver", () => {
  it("takes a genuine event", async () => {
    const url = await start();
    const response = await post(`${url}/stripe/main`, body);
    expect([response.status, await response.json()]).toEqual([200, { reason: "received" }]);
    expect(await (await post(`${url}/stripe/main`, body)).json()).toEqual({ reason: "duplicate" });
  });

  it("refuses what is not signed, and what is sent to no endpoint", async () => {
    const url = await start();
    expect((await post(`${url}/stripe/main`, body, "t=1,v1=00")).status).toBe(400);
    expect((await fetch(`${url}/stripe/main`, { method: "POST", body })).status).toBe(400);
    expect((await post(`${url}/stripe/other`, body)).status).toBe(404);
    expect((await post(`${url}/elsewhere`, body)).status).toBe(404);
    expect((await fetch(`${url}/stripe/main`)).status).toBe(405);
  });

  it("refuses more than two megabytes, announced or not", async () => {
    const url = await start();
    const large = event({ object: { object: "customer", id: "cus_1", pad: "x".repeat(2 * 1024 * 1024) } });
    expect((await post(`${url}/stripe/main`, large)).status).toBe(413);
    expect(await unannounced(`${url}/stripe/main`, large)).toBe(413);
    expect((await post(`${url}/stripe/main`, body)).status).toBe(200);
  });

  it("holds no more unfinished bodies than it has room for, and has room again when they are gone", async () => {
    const url = await start();
    const senders = Array.from({ length: 40 }, () => unfinished(`${url}/stripe/main`, 1_900_000));
    const refused = await Promise.race(senders.map(({ answered }) => answered));
    expect(refused).toBe(503);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    for (const { sending } of senders) sending.destroy();
    await until("room for an event", async () => (await post(`${url}/stripe/main`, body)).status === 200);
  });

  it("answers 500 while the database is away, and is not ready", async () => {
    const url = await start({ DATABASE_URL: "postgresql://nobody@127.0.0.1:1/none" });
    expect((await post(`${url}/stripe/main`, body)).status).toBe(500);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect((await fetch(`${url}/readyz`)).status).toBe(503);
    expect(await (await fetch(`${url}/metrics`)).text()).toContain("webhook_queue_known 0");
  });

  it("is not there in a process that only works", async () => {
    const url = await start({ ROLE: "work" });
    expect((await post(`${url}/stripe/main`, body)).status).toBe(404);
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
  });
});

it("tells its metrics in production only to who brings the token", async () => {
  const metricsToken = "metrics-token-of-32-characters-x";
  const closed = await start({ NODE_ENV: "production" });
  expect((await fetch(`${closed}/metrics`)).status).toBe(404);
  const url = await start({ NODE_ENV: "production", METRICS_TOKEN: metricsToken });
  const ask = (authorization: string) => fetch(`${url}/metrics`, { headers: { authorization } });
  expect((await fetch(`${url}/metrics`)).status).toBe(401);
  expect((await ask("Bearer another-token")).status).toBe(401);
  expect((await ask(`Bearer ${metricsToken}`)).status).toBe(200);
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
});

it("counts what came, how long it took and what waits", async () => {
  const url = await start();
  const fresh = event({ object: { object: "customer", id: "cus_2" } });
  await post(`${url}/stripe/main`, fresh);
  await post(`${url}/stripe/main`, fresh);
  await post(`${url}/stripe/main`, fresh, "t=1,v1=00");
  const metrics = await (await fetch(`${url}/metrics`)).text();
  for (const line of [
    'webhook_events_total{result="received"} 1',
    'webhook_events_total{result="duplicate"} 1',
    'webhook_events_total{result="bad_signature"} 1',
    "webhook_ack_seconds_count 3",
    "webhook_queue_known 1",
    "webhook_queue_dead 0",
  ]) {
    expect(metrics).toContain(line);
  }
  expect(Number(/webhook_queue_due (\d+)/.exec(metrics)?.[1])).toBeGreaterThan(0);
});

/** Sends so much and then neither more nor an end. */
function unfinished(url: string, bytes: number) {
  const sending = request(url, { method: "POST", headers: { "stripe-signature": "t=1,v1=00" } });
  const answered = new Promise<number>((resolve) => {
    sending.on("response", (response) => resolve(response.statusCode ?? 0)).on("error", () => undefined);
  });
  sending.write(Buffer.alloc(bytes));
  return { sending, answered };
}

/** Chunked, so that no length is promised; the server may close before everything is sent. */
function unannounced(url: string, payload: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const sending = request(
      url,
      { method: "POST", headers: { "stripe-signature": "t=1,v1=00" } },
      async (response) => {
        await text(response).catch(() => "");
        resolve(response.statusCode ?? 0);
      },
    );
    sending.on("error", reject);
    sending.write(payload);
    sending.write(payload);
    sending.end();
  });
}
