import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import Stripe from "stripe";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createSandbox } from "./index";
import { clientOf, start, startReceiver } from "./testing/start";
import { makeCustomer, makeIncomplete, makePrice } from "./testing/world";

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "sandbox-"));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

async function spawnSandbox() {
  const child = spawn(
    process.execPath,
    ["--import", "tsx", fileURLToPath(new URL("./main.ts", import.meta.url))],
    {
      env: { ...process.env, SANDBOX_PORT: "0", SANDBOX_DATA_DIR: dataDir },
      cwd: fileURLToPath(new URL("..", import.meta.url)),
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  const [line] = await once(child.stdout, "data");
  const port = Number(new URL(JSON.parse(String(line)).listening).port);
  const stripe = new Stripe("sk_test_x", { host: "127.0.0.1", port, protocol: "http", maxNetworkRetries: 0 });
  const stop = async (signal: "SIGKILL" | "SIGTERM") => {
    child.kill(signal);
    const [code] = await once(child, "exit");
    return code;
  };
  return { stripe, stop };
}

it("remembers after kill -9 everything it answered, and stops cleanly when asked", async () => {
  const first = await spawnSandbox();
  const price = await makePrice(first.stripe);
  const customer = await makeCustomer(first.stripe, "pm_card_visa");
  const { subscription } = await makeIncomplete(first.stripe, customer.id, price.id);
  const answered: string[] = [];
  const writing = (async () => {
    for (;;) answered.push((await first.stripe.products.create({ name: "p" })).id);
  })().catch(() => undefined);
  while (answered.length < 20) await new Promise((resolve) => setImmediate(resolve));
  await first.stop("SIGKILL");
  await writing;
  const second = await spawnSandbox();
  const kept = new Set(
    (await second.stripe.products.list({ limit: 100 }).autoPagingToArray({ limit: 10_000 })).map(
      (row) => row.id,
    ),
  );
  expect(answered.filter((id) => !kept.has(id))).toEqual([]);
  expect((await second.stripe.subscriptions.retrieve(subscription.id)).status).toBe("incomplete");
  expect(await second.stop("SIGTERM")).toBe(0);
}, 60_000);

it("keeps idempotent answers, timers, card facts and undelivered events over a restart", async () => {
  const receiver = await startReceiver();
  const before = await start({
    dataDir,
    retryDelaysMs: [60_000],
    forward: [{ url: "http://127.0.0.1:1/", secret: "whsec_x" }],
  });
  const price = await makePrice(before.stripe);
  const customer = await before.stripe.customers.create({ name: "Ada" }, { idempotencyKey: "row-1" });
  const { subscription } = await makeIncomplete(before.stripe, customer.id, price.id);
  const card = await before.stripe.paymentMethods.attach("pm_card_chargeCustomerFail", {
    customer: customer.id,
  });
  await before.post("/_sandbox/delivery_mode", { mode: "hold" });
  before.sandbox.forward({ url: receiver.url, secret: receiver.secret });
  await before.stripe.products.create({ name: "held" });
  await before.sandbox.close();

  const after = await start({ dataDir });
  expect((await after.stripe.customers.create({ name: "Ada" }, { idempotencyKey: "row-1" })).id).toBe(
    customer.id,
  );
  const charge = after.stripe.paymentIntents.create({
    amount: 900,
    currency: "usd",
    customer: customer.id,
    payment_method: card.id,
    confirm: true,
    off_session: true,
  });
  await expect(charge).rejects.toMatchObject({ statusCode: 402 });
  await after.post("/_sandbox/delivery_mode", { mode: "normal" });
  while (!receiver.types().includes("product.created"))
    await new Promise((resolve) => setTimeout(resolve, 5));
  await after.advance(24 * 3600);
  expect((await after.stripe.subscriptions.retrieve(subscription.id)).status).toBe("incomplete_expired");
  await after.sandbox.close();
  await receiver.close();
});

it("drops a line that was cut, refuses one that is damaged, and keeps a second process out", async () => {
  const file = join(dataDir, "state.jsonl");
  const first = await createSandbox({ dataDir });
  const { id } = await clientOf(first).customers.create({});
  await first.close();
  appendFileSync(file, '[["customers","cus_cut",{"id":"cus_');
  const second = await createSandbox({ dataDir });
  expect((await clientOf(second).customers.list()).data.map((row) => row.id)).toEqual([id]);
  await second.close();
  writeFileSync(file, `{broken\n${readFileSync(file, "utf8")}`);
  await expect(createSandbox({ dataDir })).rejects.toThrow(/damaged at line 1/);
  writeFileSync(join(dataDir, "sandbox.lock"), String(process.ppid));
  await expect(createSandbox({ dataDir })).rejects.toThrow(/in use by the sandbox with process id/);
});
