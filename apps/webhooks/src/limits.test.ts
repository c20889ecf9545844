import { request } from "node:http";
import { connect, type Socket } from "node:net";
import { type BareBilling, bareBilling, event, sign, testLog, until } from "@farebox/billing/testing";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { readEnv } from "./env";
import { type RunningWebhooks, startWebhooks } from "./webhooks";

const secret = "whsec_of_this_process";
const running: RunningWebhooks[] = [];
const sockets: Socket[] = [];
let billing: BareBilling;

beforeAll(async () => {
  billing = await bareBilling();
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await Promise.all(running.splice(0).map((webhooks) => webhooks.stop()));
});
afterAll(() => billing.close());

async function start(fields: Record<string, string> = {}): Promise<RunningWebhooks & { url: string }> {
  const env = readEnv({
    DATABASE_URL: billing.databaseUrl,
    STRIPE_WEBHOOK_SECRET: secret,
    WEBHOOKS_PORT: "0",
    ROLE: "receive",
    ...fields,
  });
  const webhooks = await startWebhooks(env, testLog());
  running.push(webhooks);
  return { ...webhooks, url: `http://127.0.0.1:${webhooks.port}/stripe/main` };
}

const someEvent = (id?: string) =>
  event({ ...(id ? { id } : {}), object: { object: "customer", id: "cus_1" } });
const post = (url: string, payload: string) =>
  fetch(url, {
    method: "POST",
    body: payload,
    headers: { "stripe-signature": sign(payload, { secret }) },
    redirect: "manual",
  });
const storedOf = async (ids: string[]) =>
  (await billing.pool.query("SELECT id FROM webhook_event WHERE id = ANY($1)", [ids])).rows.length;

/** What the server says to bytes as they are, until it closes the connection or has said something. */
function raw(port: number, text: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(text));
    sockets.push(socket);
    let said = "";
    socket.on("data", (chunk) => {
      said += chunk;
      if (said.includes("\r\n\r\n")) resolve(said);
    });
    socket.on("error", () => undefined).on("close", () => resolve(said));
  });
}

describe("B19: what is no delivery", () => {
  it.each(["GET", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD"])("%s is answered with 405", async (method) => {
    const { url } = await start();
    const response = await fetch(url, { method });
    expect([response.status, response.headers.get("allow")]).toEqual([405, "POST"]);
  });

  it("TRACE is refused", async () => {
    const { port } = await start();
    const said = await raw(port, "TRACE /stripe/main HTTP/1.1\r\nHost: x\r\n\r\n");
    expect(said).toMatch(/^HTTP\/1\.1 (405|400|501)/);
  });

  it("two lengths in one request are refused", async () => {
    const { port } = await start();
    const said = await raw(
      port,
      "POST /stripe/main HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET ",
    );
    expect(said).toMatch(/^HTTP\/1\.1 400/);
  });

  it.each(["/stripe/main/", "/stripe", "/stripe/"])("%s is nowhere, and never a redirect", async (path) => {
    const { port } = await start();
    const response = await post(`http://127.0.0.1:${port}${path}`, someEvent());
    expect(response.status).toBe(404);
  });
});

describe("B18: a body without end", () => {
  it.each([2, 50])("of %i MB that is announced is refused before it is read", async (megabytes) => {
    const { port } = await start();
    const length = megabytes * 1024 * 1024 + 1;
    const startedAt = performance.now();
    const said = await raw(
      port,
      `POST /stripe/main HTTP/1.1\r\nHost: x\r\nContent-Length: ${length}\r\n\r\n`,
    );
    expect(said).toMatch(/^HTTP\/1\.1 413/);
    expect(said.toLowerCase()).toContain("connection: close");
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });

  it("that comes in pieces is cut soon after the limit, and costs no memory", async () => {
    const { url } = await start();
    const before = process.memoryUsage().rss;
    let sent = 0;
    const status = await new Promise<number>((resolve, reject) => {
      const sending = request(url, { method: "POST", headers: { "stripe-signature": "t=1,v1=00" } });
      sending.on("response", (response) => {
        resolve(response.statusCode ?? 0);
        sending.destroy();
      });
      sending.on("error", reject);
      const piece = Buffer.alloc(64 * 1024);
      const push = () => {
        if (sending.destroyed) return;
        sent += piece.length;
        if (sending.write(piece)) setImmediate(push);
        else sending.once("drain", push);
      };
      push();
    });
    expect(status).toBe(413);
    expect(sent).toBeLessThan(20 * 1024 * 1024);
    expect(process.memoryUsage().rss - before).toBeLessThan(50 * 1024 * 1024);
  });
});

it("F20: who sends a byte now and then is cut within ten seconds, and others are answered meanwhile", async () => {
  const { port, url } = await start();
  let open = 0;
  const slow = Array.from({ length: 200 }, () => {
    let startedAt = 0;
    const socket = connect(port, "127.0.0.1", () => {
      open++;
      startedAt = performance.now();
      socket.write("POST /stripe/main HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n");
    });
    sockets.push(socket);
    const drip = setInterval(() => socket.write("x"), 500);
    return new Promise<number>((resolve) => {
      socket
        .on("error", () => undefined)
        .on("close", () => {
          clearInterval(drip);
          resolve(performance.now() - startedAt);
        });
      socket.resume();
    });
  });
  await until("all of them to be connected", () => open === 200);
  const answers: number[] = [];
  for (let count = 0; count < 50; count++) {
    const askedAt = performance.now();
    expect((await post(url, someEvent())).status).toBe(200);
    answers.push(performance.now() - askedAt);
  }
  expect(answers.toSorted((a, b) => a - b)[25]).toBeLessThan(1_000);
  expect(Math.max(...(await Promise.all(slow)))).toBeLessThan(11_000);
}, 40_000);

it("F17: told to stop under load it loses nothing that it has answered, and answers all it has begun", async () => {
  const { url, stop } = await start();
  const ids = Array.from({ length: 300 }, (_, number) => `evt_f17_${number}`);
  const answers = ids.map(async (id) => {
    const response = await post(url, someEvent(id)).catch(() => null);
    return response?.status === 200 ? [id] : [];
  });
  await until("some to be stored", async () => (await storedOf(ids)) > 10);
  running.pop();
  await stop();
  const acknowledged = (await Promise.all(answers)).flat();
  expect(acknowledged.length).toBeGreaterThan(10);
  expect(await storedOf(acknowledged)).toBe(acknowledged.length);
  await expect(fetch(url, { method: "POST" })).rejects.toThrow();
});

it("C01: one event posted fifty times at once to three replicas is one row", async () => {
  const replicas = [await start(), await start(), await start()];
  const body = someEvent("evt_c01");
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, index) => post(replicas[index % 3]?.url ?? "", body)),
  );
  expect(answers.every(({ status }) => status === 200)).toBe(true);
  const reasons = await Promise.all(
    answers.map((response) => response.json() as Promise<{ reason: string }>),
  );
  expect(reasons.filter(({ reason }) => reason === "received")).toHaveLength(1);
  expect(await storedOf(["evt_c01"])).toBe(1);
});

it("takes events of connected accounts at an endpoint of their own, with a secret of its own", async () => {
  const { port } = await start({
    STRIPE_WEBHOOK_ENDPOINTS: "connect=connected",
    STRIPE_WEBHOOK_SECRET_CONNECT: "whsec_of_connect",
  });
  const body = event({ object: { object: "customer", id: "cus_1" }, account: "acct_9" });
  const send = (path: string, key: string) =>
    fetch(`http://127.0.0.1:${port}/stripe/${path}`, {
      method: "POST",
      body,
      headers: { "stripe-signature": sign(body, { secret: key }) },
    });
  expect((await send("connect", secret)).status).toBe(400);
  expect(await (await send("connect", "whsec_of_connect")).json()).toEqual({ reason: "ignored" });
});
