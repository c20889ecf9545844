import { afterEach, beforeEach, expect, it } from "vitest";
import { type Started, start } from "../testing/start";

let world: Started;
beforeEach(async () => {
  world = await start();
});
afterEach(() => world.sandbox.close());

const day = 24 * 60 * 60;

it.each([-700, 700])(
  "keeps a key for a day of real time, also %i days away on a test clock",
  async (days) => {
    const frozen_time = Math.floor(Date.now() / 1000) + days * day;
    const clock = await world.stripe.testHelpers.testClocks.create({ frozen_time });
    const customer = await world.stripe.customers.create({ test_clock: clock.id });
    const add = () =>
      world.stripe.customers.createBalanceTransaction(
        customer.id,
        { amount: -500, currency: "usd" },
        { idempotencyKey: "row-1" },
      );
    const first = await add();
    expect((await add()).id).toBe(first.id);
    world.sandbox.advance(day + 60);
    expect((await add()).id).not.toBe(first.id);
  },
);

it("answers a repeated request byte by byte as the first", async () => {
  const ask = async () => {
    const response = await fetch(`${world.sandbox.url}/v1/customers`, {
      method: "POST",
      headers: {
        authorization: "Bearer sk_test_x",
        "content-type": "application/x-www-form-urlencoded",
        "idempotency-key": "bytes",
      },
      body: "name=%C3%A9%E2%82%AC&metadata[10]=a&metadata[2]=b&metadata[a]=%22",
    });
    return response.text();
  };
  expect(await ask()).toBe(await ask());
});
