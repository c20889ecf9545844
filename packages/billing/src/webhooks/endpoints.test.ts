import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type BareBilling, bareBilling } from "../testing/bare-billing";
import { event, secret, sign, thinEvent } from "../testing/signed-event";
import type { WebhookEndpoint } from "./endpoints";
import { handlers } from "./handlers";
import { createReceiver, type Receiver } from "./receive";

const base = { secrets: [secret], livemode: false, apiVersion: "2026-10-28.endive", accountId: "acct_ours" };
const endpoints: WebhookEndpoint[] = [
  { ...base, id: "main", accounts: "own" },
  { ...base, id: "connect", accounts: "connected" },
  { ...base, id: "partners", accounts: ["acct_1", "acct_2"] },
  { ...base, id: "live", accounts: "own", livemode: true },
  { ...base, id: "next", accounts: "own", apiVersion: "2027-01-27.fern" },
];
const customer = { object: "customer", id: "cus_1" };

let billing: BareBilling;
let receive: Receiver;

beforeAll(async () => {
  billing = await bareBilling();
  receive = createReceiver({ pool: billing.pool, log: billing.log, endpoints });
});
afterAll(() => billing.close());
beforeEach(() => billing.pool.query("TRUNCATE webhook_event, dirty_object"));

const send = (endpoint: string, body: string, to = receive) => to(endpoint, Buffer.from(body), sign(body));
const stored = async () =>
  (await billing.pool.query("SELECT * FROM webhook_event ORDER BY account_id, id")).rows;
const dirty = async () =>
  (await billing.pool.query("SELECT account_id, object_type, object_id FROM dirty_object ORDER BY 1, 2, 3"))
    .rows;

describe("whose events may come where", () => {
  it.each([
    ["main", undefined, "received", "own"],
    ["main", "acct_ours", "received", "own"],
    ["main", "acct_1", "quarantined", "acct_1"],
    ["connect", "acct_9", "ignored", "acct_9"],
    ["connect", undefined, "quarantined", "own"],
    ["partners", "acct_2", "ignored", "acct_2"],
    ["partners", "acct_3", "quarantined", "acct_3"],
  ])("B09: at %s, of %s: %s, stored under %s", async (endpoint, account, status, storedUnder) => {
    expect(await send(endpoint, event({ object: customer, account }))).toEqual({
      status: 200,
      reason: status,
    });
    expect(await stored()).toMatchObject([{ account_id: storedUnder, status }]);
    expect(await dirty()).toHaveLength(status === "received" ? 1 : 0);
  });

  it("B09: one id in two accounts is two events", async () => {
    for (const account of ["acct_1", "acct_2"]) {
      await send("partners", event({ id: "evt_same", object: customer, account }));
    }
    expect((await stored()).map(({ account_id }) => account_id)).toEqual(["acct_1", "acct_2"]);
  });

  it("B09: what is kept of a connected account is marked under its account", async () => {
    const tables = { own: handlers, connected: { customer: async () => async () => undefined } };
    const keeping = createReceiver({ pool: billing.pool, log: billing.log, endpoints, tables });
    const answer = await send("connect", event({ object: customer, account: "acct_9" }), keeping);
    expect(answer).toEqual({ status: 200, reason: "received" });
    expect(await dirty()).toEqual([{ account_id: "acct_9", object_type: "customer", object_id: "cus_1" }]);
  });

  it.each([
    ["main", { livemode: true }, "livemode_mismatch"],
    ["live", { livemode: false }, "livemode_mismatch"],
    ["next", {}, "api_version_mismatch"],
  ])("B08: at %s with %j: quarantined for %s, and told", async (endpoint, fields, reason) => {
    expect(await send(endpoint, event({ object: customer, ...fields }))).toMatchObject({
      reason: "quarantined",
    });
    expect(await stored()).toMatchObject([{ status: "quarantined", reason }]);
    expect(billing.log.entries.at(-1)).toMatchObject({ level: "error", fields: { reason } });
  });

  it("takes events of the version its endpoint has, while another has the next", async () => {
    const next = event({ object: customer, api_version: "2027-01-27.fern" });
    expect(await send("next", next)).toMatchObject({ reason: "received" });
    expect(await send("main", event({ object: customer }))).toMatchObject({ reason: "received" });
  });

  it("B02: two endpoints of one id do not start", () => {
    const twice = [endpoints[0], endpoints[0]] as WebhookEndpoint[];
    expect(() => createReceiver({ pool: billing.pool, log: billing.log, endpoints: twice })).toThrow(
      /same id/,
    );
  });
});

describe("a thin event", () => {
  it("B11: marks the object it names", async () => {
    const body = thinEvent({ type: "v1.customer.updated", related: { type: "customer", id: "cus_7" } });
    expect(await send("main", body)).toEqual({ status: 200, reason: "received" });
    expect(await stored()).toMatchObject([{ form: "thin", type: "v1.customer.updated", api_version: null }]);
    expect(await dirty()).toEqual([{ account_id: "own", object_type: "customer", object_id: "cus_7" }]);
  });

  it("B11: names a part, which is read itself to find the whole", async () => {
    await send("main", thinEvent({ type: "v1.charge.refunded", related: { type: "charge", id: "ch_1" } }));
    expect(await dirty()).toMatchObject([{ object_type: "charge", object_id: "ch_1" }]);
  });

  it.each([
    ["nothing", null],
    ["a thing without id", { type: "balance" }],
    ["a thing we do not keep", { type: "billing.meter", id: "mtr_1" }],
  ])("B11: about %s is stored and ignored", async (_case, related) => {
    expect(await send("main", thinEvent({ type: "v1.some.thing", related }))).toMatchObject({
      reason: "ignored",
    });
  });

  it.each([
    ["acct_9", "connect", "ignored", "acct_9"],
    ["org_1/acct_9", "connect", "ignored", "acct_9"],
    ["acct_9", "main", "quarantined", "acct_9"],
    ["acct_ours", "main", "received", "own"],
  ])("B09: of the context %s, at %s: %s", async (context, endpoint, status, account) => {
    const body = thinEvent({
      type: "v1.customer.updated",
      related: { type: "customer", id: "cus_7" },
      context,
    });
    expect(await send(endpoint, body)).toMatchObject({ reason: status });
    expect(await stored()).toMatchObject([{ account_id: account }]);
  });
});

describe("odd events", () => {
  it("B07: of two fields with one name the last counts, in the columns as in the body", async () => {
    const body = event({ object: customer }).replace(
      '"livemode":false',
      '"livemode":true,"id":"evt_b","livemode":false',
    );
    expect(await send("main", body)).toMatchObject({ reason: "received" });
    const [row] = await stored();
    expect(row).toMatchObject({ id: JSON.parse(row.raw.toString()).id, livemode: false });
  });

  it.each([
    ["balance.available", { object: "balance", available: [] }],
    ["invoice.upcoming", { object: "invoice", id: null, customer: "cus_1" }],
    ["a.prototype", { object: "__proto__", id: "cus_1" }],
    ["a.constructor", { object: "constructor", id: "cus_1" }],
    ["an.id.of.another.kind", { object: "customer", id: { not: "" } }],
    ["an.id.nobody.could.store", { object: "customer", id: "cus\0_1" }],
  ])("B11 B14: %s is stored and ignored", async (type, object) => {
    expect(await send("main", event({ type, object }))).toEqual({ status: 200, reason: "ignored" });
    expect(await dirty()).toEqual([]);
  });

  it("F11: an unknown word in a known object is only a hint like any other", async () => {
    const dispute = { object: "dispute", id: "dp_1", payment_intent: "pi_1", status: "prevented" };
    expect(await send("main", event({ type: "charge.dispute.prevented", object: dispute }))).toMatchObject({
      reason: "received",
    });
    expect(await dirty()).toMatchObject([{ object_type: "dispute", object_id: "dp_1" }]);
  });

  it("S5: whatever a signed body holds, it is stored or refused for good, never a fault of ours", async () => {
    const whole = JSON.parse(event({ object: { ...customer, payment_intent: "pi_1" } })) as Record<
      string,
      unknown
    >;
    const odd = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom("\0", "\ud800", -1, 1e308, "x".repeat(300), "a/b", 1.5),
    );
    const bodies = fc.record(
      Object.fromEntries(
        [...Object.keys(whole), "account", "context", "related_object"].map((name) => [
          name,
          fc.oneof({ weight: 3, arbitrary: fc.constant(whole[name]) }, { weight: 1, arbitrary: odd }),
        ]),
      ),
    );
    await fc.assert(
      fc.asyncProperty(bodies, fc.constantFrom("event", "v2.core.event"), async (fields, object) => {
        const unique = fields.id === whole.id ? `evt_${randomUUID()}` : fields.id;
        const { status } = await send("main", JSON.stringify({ ...fields, object, id: unique }));
        expect([200, 400]).toContain(status);
      }),
      { numRuns: 300 },
    );
  });
});
