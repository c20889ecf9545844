import { afterAll, beforeAll, expect, it } from "vitest";
import { paidSubscription } from "../testing/builders";
import { type Harness, harness } from "../testing/harness";
import { markForRefresh } from "../webhooks/objects";

const noParts = { discounts: [], taxes: [] };

let h: Harness;
beforeAll(async () => {
  h = await harness();
});
afterAll(() => h.close());

it("a draft that was thrown away at Stripe is forgotten with its lines; what was issued never is", async () => {
  const session = await h.asCustomer();
  const { invoiceId } = await paidSubscription(h, session);
  const { customerId } = session;
  const issued = await h.db.invoice.findFirstOrThrow({ where: { id: invoiceId } });
  const [line] = await h.db.invoiceLine.findMany({ where: { invoiceId } });
  if (!line) throw new Error("the invoice has no lines");
  await h.db.invoice.createMany({
    data: [
      { ...issued, ...noParts, id: "in_draft", status: "draft", number: null },
      { ...issued, ...noParts, id: "in_lost", status: "open", number: "LOST-1" },
    ],
  });
  await h.db.invoiceLine.create({
    data: { ...line, ...noParts, credits: [], creditedLineIds: [], id: "il_draft", invoiceId: "in_draft" },
  });
  for (const id of ["in_draft", "in_lost"]) await markForRefresh(h.pool, "invoice", id);
  await h.quiet();
  expect(await h.db.invoice.findFirst({ where: { id: "in_draft" } })).toBeNull();
  expect(await h.db.invoiceLine.findFirst({ where: { id: "il_draft" } })).toBeNull();
  expect(await h.db.invoice.findFirst({ where: { id: "in_lost" } })).toMatchObject({ status: "open" });
  expect(await h.db.auditEntry.findMany({ where: { customerId, action: "invoices.deleted" } })).toMatchObject(
    [{ targetId: "in_draft", actorKind: "stripe" }],
  );
});
