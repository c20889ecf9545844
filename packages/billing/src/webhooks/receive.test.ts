import { createHash } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type BareBilling, bareBilling } from "../testing/bare-billing";
import { deliver, event, secret, sign } from "../testing/signed-event";
import type { WebhookEndpoint } from "./endpoints";
import { openInbox } from "./open-inbox";
import { createReceiver, maxEventBytes, type Receiver } from "./receive";

const endpoint: WebhookEndpoint = {
  id: "main",
  secrets: [secret],
  accounts: "own",
  accountId: "acct_ours",
  livemode: false,
  apiVersion: "2026-10-28.endive",
};

let billing: BareBilling;
let receive: Receiver;

beforeAll(async () => {
  billing = await bareBilling();
});
afterAll(() => billing.close());
beforeEach(async () => {
  await billing.pool.query("TRUNCATE webhook_event, dirty_object");
  receive = createReceiver({ pool: billing.pool, log: billing.log, endpoints: [endpoint] });
});

const stored = async () => (await billing.pool.query("SELECT * FROM webhook_event ORDER BY id")).rows;
const dirty = async () =>
  (await billing.pool.query("SELECT object_type, object_id, dirty_seq::int, done_seq::int FROM dirty_object"))
    .rows;

describe("a genuine event", () => {
  it("is stored byte by byte with the mark of its object before the answer", async () => {
    const body = event({ type: "customer.updated", object: { object: "customer", id: "cus_1" } });
    expect(await deliver(receive, body)).toEqual({ status: 200, reason: "received" });
    const [row] = await stored();
    expect(row).toMatchObject({
      account_id: "own",
      endpoint_id: "main",
      type: "customer.updated",
      status: "received",
      object_type: "customer",
      object_id: "cus_1",
      livemode: false,
    });
    expect(row.raw.equals(Buffer.from(body))).toBe(true);
    expect(row.raw_sha256.equals(createHash("sha256").update(body).digest())).toBe(true);
    expect(await dirty()).toEqual([
      { object_type: "customer", object_id: "cus_1", dirty_seq: 1, done_seq: 0 },
    ]);
  });

  it("C01: delivered fifty times at once is one row", async () => {
    const body = event({ id: "evt_same", object: { object: "customer", id: "cus_1" } });
    const answers = await Promise.all(Array.from({ length: 50 }, () => deliver(receive, body)));
    expect(answers.filter(({ reason }) => reason === "received")).toHaveLength(1);
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(await stored()).toHaveLength(1);
    expect((await dirty()).map(({ object_id }) => object_id)).toEqual(["cus_1"]);
  });

  it("about a part marks the whole", async () => {
    await deliver(receive, event({ object: { object: "charge", id: "ch_1", payment_intent: "pi_1" } }));
    await deliver(
      receive,
      event({ object: { object: "charge", id: "ch_2", payment_intent: { id: "pi_1" } } }),
    );
    await deliver(receive, event({ object: { object: "invoice_payment", id: "inpay_1", invoice: "in_1" } }));
    await deliver(receive, event({ object: { object: "charge", id: "ch_old", payment_intent: null } }));
    expect(await dirty()).toEqual(
      expect.arrayContaining([
        { object_type: "payment_intent", object_id: "pi_1", dirty_seq: 2, done_seq: 0 },
        { object_type: "invoice", object_id: "in_1", dirty_seq: 1, done_seq: 0 },
      ]),
    );
    expect((await stored()).map(({ status }) => status).sort()).toEqual([
      "ignored",
      "received",
      "received",
      "received",
    ]);
  });

  it("F11: of a type we do not keep is stored, ignored and answered with success", async () => {
    const body = event({ type: "brand.new_thing", object: { object: "brand_new", id: "bn_1" } });
    expect(await deliver(receive, body)).toEqual({ status: 200, reason: "ignored" });
    expect(await stored()).toMatchObject([{ status: "ignored", type: "brand.new_thing" }]);
    expect(await dirty()).toEqual([]);
  });

  it("D08: of a megabyte is stored whole", async () => {
    const body = event({ object: { object: "customer", id: "cus_1", pad: "\u00e9".repeat(500_000) } });
    expect(await deliver(receive, body)).toEqual({ status: 200, reason: "received" });
    expect((await stored())[0].raw.equals(Buffer.from(body))).toBe(true);
  });

  it("keeps bytes that no text column could hold", async () => {
    const body = event({ object: { object: "customer", id: "cus_1", name: "a\u0000b\uD800" } });
    expect(await deliver(receive, body)).toEqual({ status: 200, reason: "received" });
    expect((await stored())[0].raw.equals(Buffer.from(body))).toBe(true);
  });
});

describe("an event for somebody else", () => {
  it.each([
    ["account_mismatch", { account: "acct_other" }],
    ["livemode_mismatch", { livemode: true }],
    ["api_version_mismatch", { api_version: "2024-06-20" }],
    ["api_version_mismatch", { api_version: null }],
  ])("is quarantined: %s", async (reason, fields) => {
    const body = event({ object: { object: "customer", id: "cus_1" }, ...fields });
    expect(await deliver(receive, body)).toEqual({ status: 200, reason: "quarantined" });
    expect(await stored()).toMatchObject([{ status: "quarantined", reason }]);
    expect(await dirty()).toEqual([]);
  });
});

describe("the signature", () => {
  const body = event({ object: { object: "customer", id: "cus_1" } });
  const now = () => Math.floor(Date.now() / 1000);

  it.each([
    ["B01: no header", () => "", "bad_signature"],
    ["B01: garbage", () => "hello", "bad_signature"],
    ["B01: another secret", () => sign(body, { secret: "whsec_another_secret" }), "bad_signature"],
    ["B01: only the old scheme", () => sign(body, { scheme: "v0" }), "bad_signature"],
    ["B03: 301 seconds old", () => sign(body, { timestamp: now() - 301 }), "bad_timestamp"],
    ["B03: a day old", () => sign(body, { timestamp: now() - 86_400 }), "bad_timestamp"],
    ["B05: an hour ahead", () => sign(body, { timestamp: now() + 3_600 }), "bad_timestamp"],
    ["B06: another body", () => sign(`${body} `), "bad_signature"],
  ])("is refused: %s", async (_case, header, reason) => {
    expect(await deliver(receive, body, header())).toEqual({ status: 400, reason });
    expect(await stored()).toEqual([]);
  });

  it("may be almost five minutes old", async () => {
    expect((await deliver(receive, body, sign(body, { timestamp: now() - 295 }))).status).toBe(200);
  });

  it("may be one of several in the header", async () => {
    const [timestamp, right] = sign(body).split(",");
    const header = `${timestamp},v1=${"0".repeat(64)},${right},v0=${"1".repeat(64)}`;
    expect((await deliver(receive, body, header)).status).toBe(200);
  });

  it("T08: may be of either secret while one is replaced, and only of this endpoint's", async () => {
    const next = "whsec_next_secret";
    const rolling = createReceiver({
      pool: billing.pool,
      log: billing.log,
      endpoints: [
        { ...endpoint, secrets: [secret, next] },
        { ...endpoint, id: "other", secrets: ["whsec_other_secret"] },
      ],
    });
    expect((await deliver(rolling, body, sign(body))).status).toBe(200);
    expect((await deliver(rolling, body, sign(body, { secret: next }))).status).toBe(200);
    expect((await rolling("other", Buffer.from(body), sign(body))).status).toBe(400);
    expect(await rolling("nobody", Buffer.from(body), sign(body))).toEqual({
      status: 404,
      reason: "unknown_endpoint",
    });
  });

  it.each([[[]], [[""]], [[" "]], [["whsec_with_newline\n"]]])(
    "B02: cannot be checked with secrets %j",
    (secrets) => {
      const options = { pool: billing.pool, log: billing.log, endpoints: [{ ...endpoint, secrets }] };
      expect(() => createReceiver(options)).toThrow(/secret/);
    },
  );

  it("is logged at most once a second when forged", async () => {
    const before = billing.log.entries.length;
    for (let count = 0; count < 20; count++) await deliver(receive, body, "t=1,v1=00");
    expect(billing.log.entries.length - before).toBe(1);
  });
});

describe("what cannot be taken", () => {
  it("is refused when it is too large", async () => {
    const body = event({ object: { object: "customer", id: "cus_1", pad: "x".repeat(maxEventBytes) } });
    expect(await deliver(receive, body)).toEqual({ status: 413, reason: "too_large" });
  });

  it("is refused when it is signed but no event", async () => {
    expect(await deliver(receive, JSON.stringify({ object: "event", id: 7 }))).toMatchObject({ status: 400 });
    expect(await deliver(receive, "[]")).toMatchObject({ status: 400 });
  });

  it("is answered with 500 at once while the database is away", async () => {
    const inbox = openInbox({
      databaseUrl: "postgresql://nobody@127.0.0.1:1/none",
      endpoints: [endpoint],
      log: billing.log,
    });
    const body = event({ object: { object: "customer", id: "cus_1" } });
    const startedAt = performance.now();
    expect(await deliver(inbox.receive, body)).toEqual({ status: 500, reason: "not_stored" });
    expect(performance.now() - startedAt).toBeLessThan(2_500);
    expect(await inbox.unreadyReason()).toMatch(/database/);
    await inbox.close();
  });
});
