import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { paidSubscription } from "../testing/builders";
import { type CustomerSession, type Harness, harness } from "../testing/harness";
import { everyProcedure, type Outcome, type Procedure } from "../testing/procedures";

let h: Harness;
let mine: CustomerSession;
let theirs: CustomerSession;
/** What belongs to the other customer, by the field that would name it. */
let ids: Record<string, string>;
let secrets: string[];

const operationId = randomUUID();
const procedures = everyProcedure.filter(({ router }) => router === "customer");
const fieldsOf = ({ input }: Procedure) => Object.keys(input?.shape ?? {});

/** Ids that name nobody's property: the catalogue's plans and the caller's own intent. */
const notOwned = ["planId", "lastEventId"];
/** Its answer for what no webhook has told of yet is "processing", so that is all it says of a stranger's. */
const answersTheUnknown = ["payments.status"];
const rest = { interval: "month", currency: "usd", planId: "growth", role: "viewer", amount: 9900 };

beforeAll(async () => {
  h = await harness();
  [mine, theirs] = await Promise.all([h.asCustomer(), h.asCustomer()]);
  const bought = await paidSubscription(h, theirs, { operationId });
  const customer = await h.db.customer.findUniqueOrThrow({ where: { id: theirs.customerId } });
  ids = {
    invoiceId: bought.invoiceId,
    paymentIntentId: bought.paymentId,
    subscriptionId: bought.subscriptionId,
    customerId: theirs.customerId,
    ...(await otherIdsOf(theirs)),
    operationId,
  };
  secrets = [
    ...Object.entries(ids).flatMap(([field, id]) => (field === "operationId" ? [] : [id])),
    customer.stripeCustomerId ?? "",
    customer.name,
    customer.email,
    bought.invoiceNumber,
    bought.clientSecret,
  ];
}, 60_000);
afterAll(() => h.close());

async function otherIdsOf({ caller, ctx, customerId }: CustomerSession) {
  const { invitation } = await caller.invitations.create({
    email: "guest@elsewhere.example",
    role: "viewer",
  });
  const { taxIds } = await caller.billingDetails.addTaxId({
    operationId: randomUUID(),
    kind: "eu_vat",
    value: "DE123456789",
  });
  const { cards } = await caller.paymentMethods.list();
  return {
    paymentMethodId: cards[0]?.id ?? "",
    taxId: taxIds[0]?.id ?? "",
    invitationId: invitation.id,
    memberId: ctx.actor.id,
    accountId: customerId,
  };
}

const told = (outcome: Outcome) =>
  JSON.stringify(outcome.ok ? (outcome.output ?? null) : [outcome.error.message, outcome.error.cause]);

test("there is something to steal", async () => {
  expect(secrets.every((secret) => secret.length > 3)).toBe(true);
  const outputs = await Promise.all(
    procedures.filter(({ type }) => type === "query").map((query) => query.call(theirs.ctx, ids)),
  );
  const all = outputs.map(told).join();
  const [invoiceId = "", , subscriptionId = ""] = secrets;
  for (const secret of [invoiceId, subscriptionId, theirs.customerId]) expect(all).toContain(secret);
});

describe.each(procedures.map((procedure) => [procedure.path, procedure] as const))(
  "%s",
  (_path, procedure) => {
    const idFields = fieldsOf(procedure).filter((field) => /Ids?$/.test(field) && !notOwned.includes(field));
    const owned = idFields.filter((field) => field !== "operationId");

    test("this test knows whose every id of its input is", () => {
      expect(idFields.filter((field) => !ids[field])).toEqual([]);
    });

    test("takes no customer from the input", () => {
      expect(fieldsOf(procedure)).not.toContain("customerId");
    });

    test("with another customer's ids it finds nothing, as if they did not exist, and tells nothing", async () => {
      const outcome = await procedure.call(mine.ctx, { ...rest, ...ids });
      for (const secret of secrets) expect(told(outcome)).not.toContain(secret);
      if (owned.length === 0) return;
      if (!answersTheUnknown.includes(procedure.path)) {
        expect(outcome).toMatchObject({ ok: false, code: "NOT_FOUND" });
      }
      const missing = Object.fromEntries(
        owned.map((field) => [field, `${ids[field]?.slice(0, 3)}0000000000`]),
      );
      const unknown = await procedure.call(mine.ctx, { ...rest, ...ids, ...missing });
      expect(told(unknown)).toBe(told(outcome));
    });
  },
);

test("the other customer's things are as they were", async () => {
  await h.quiet();
  expect(await theirs.caller.subscriptions.current()).toMatchObject({
    id: ids.subscriptionId,
    status: "active",
  });
  const [invoice] = (await theirs.caller.invoices.list({})).invoices;
  expect(invoice).toMatchObject({ id: ids.invoiceId, status: "paid", amountRefunded: 0 });
});
