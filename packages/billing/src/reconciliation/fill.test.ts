import type pg from "pg";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { type BareBilling, bareBilling } from "../testing/bare-billing";
import { eachOf } from "./each-of";
import { fill } from "./fill";
import type { Found } from "./sources";

let billing: BareBilling;

beforeAll(async () => {
  billing = await bareBilling();
  await billing.pool.query(
    "CREATE TABLE filled (id text PRIMARY KEY, transaction text DEFAULT txid_current()::text)",
  );
});
afterAll(() => billing.close());
beforeEach(async () => {
  await billing.pool.query("TRUNCATE filled, dirty_object");
});

const write = (id: string) => async (client: pg.PoolClient) => {
  await client.query("INSERT INTO filled (id) VALUES ($1)", [id]);
};

const found = (number: number, apply: Found["apply"] = async () => write(`in_${number}`)): Found => ({
  id: `in_${number}`,
  owner: `cus_${number % 7}`,
  created: 0,
  apply,
});

const rows = async () =>
  (await billing.pool.query<{ id: string; transaction: string }>("SELECT * FROM filled ORDER BY id")).rows;
const marked = async () =>
  (await billing.pool.query<{ id: string }>("SELECT object_id AS id FROM dirty_object ORDER BY 1")).rows;

it("writes a page in a few transactions", async () => {
  const page = Array.from({ length: 100 }, (_, number) => found(number));
  expect(await fill(billing, "invoice", page)).toBe(100);
  const written = await rows();
  expect(written).toHaveLength(100);
  expect(new Set(written.map(({ transaction }) => transaction)).size).toBeLessThan(10);
});

it("keeps the neighbours of what cannot be read or written, and leaves those to the worker", async () => {
  const page = Array.from({ length: 60 }, (_, number) => {
    if (number === 10) return found(number, async () => Promise.reject(new Error("Stripe is away")));
    if (number === 20) return found(number, async () => write("in_21"));
    if (number === 30) return found(number, async () => write("in_\0"));
    return found(number);
  });
  const filled = await fill(billing, "invoice", page);
  expect(filled).toBe((await rows()).length);
  const refused = (await marked()).map(({ id }) => id);
  expect(refused).toHaveLength(60 - filled);
  expect(refused).toEqual(expect.arrayContaining(["in_10", "in_30"]));
  expect((await rows()).map(({ id }) => id)).toContain("in_59");
});

it("begins nothing more after a failure, and never more than a few at once", async () => {
  let running = 0;
  let most = 0;
  const begun: number[] = [];
  const all = eachOf([...Array(50).keys()], 3, async (number) => {
    begun.push(number);
    most = Math.max(most, ++running);
    await Promise.resolve();
    running--;
    if (number === 5) throw new Error("five");
  });
  await expect(all).rejects.toThrow("five");
  expect(most).toBeLessThanOrEqual(3);
  expect(begun.length).toBeLessThan(12);
});
