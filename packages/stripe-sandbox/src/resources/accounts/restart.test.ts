import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Stripe from "stripe";
import { expect, it } from "vitest";
import type { Sandbox } from "../../index";
import { booksOf, makeSeller } from "../../testing/accounts";
import { type Receiver, start, startReceiver } from "../../testing/start";
import { makeCustomer, makePrice } from "../../testing/world";

const daySeconds = 24 * 60 * 60;

const insideOf = ({ port, secretKey }: Sandbox, account: string) =>
  new Stripe(secretKey, { host: "127.0.0.1", port, protocol: "http", stripeAccount: account });

it("an account, what it owns, what it waits for and what it has to tell survive a restart", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "sandbox-accounts-"));
  const receiver: Receiver = await startReceiver();
  const forward = [{ url: receiver.url, secret: receiver.secret, connect: true }];
  try {
    const first = await start({ dataDir, forward });
    const seller = await makeSeller(first);
    await first.sandbox.settled();
    first.sandbox.deliveryMode("hold");
    const price = await makePrice(seller.inside, { amount: 1000 });
    const customer = await makeCustomer(seller.inside, "pm_card_visa");
    await seller.inside.subscriptions.create(
      { customer: customer.id, items: [{ price: price.id }], application_fee_percent: 10 },
      { idempotencyKey: "subscribe" },
    );
    await expect.poll(async () => (await booksOf(seller.inside)).balance).toBe(900);
    await first.sandbox.close();

    const second = await start({ dataDir, forward });
    const inside = insideOf(second.sandbox, seller.id);
    expect((await inside.customers.list()).data.map(({ id }) => id)).toEqual([customer.id]);
    expect((await second.stripe.customers.list()).data).toEqual([]);
    const again = await inside.subscriptions.create(
      { customer: customer.id, items: [{ price: price.id }], application_fee_percent: 10 },
      { idempotencyKey: "subscribe" },
    );
    expect(again.lastResponse.headers["idempotent-replayed"]).toBe("true");
    second.sandbox.release();
    await second.advance(32 * daySeconds);
    await second.sandbox.settled();
    expect((await booksOf(inside)).balance).toBe(1800);
    expect((await second.stripe.applicationFees.list()).data).toHaveLength(2);
    const paid = receiver.received.filter(({ event }) => event.type === "invoice.paid");
    expect(paid.map(({ event }) => event.account)).toEqual([seller.id, seller.id]);
    await second.sandbox.close();
  } finally {
    await receiver.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
});
