import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Started, start } from "../../testing/start";
import { charged, eventsOf } from "../../testing/world";

let world: Started;
let stripe: Stripe;

beforeAll(async () => {
  world = await start();
  stripe = world.stripe;
});
afterAll(() => world.sandbox.close());

async function disputed(card = "pm_card_createDispute"): Promise<Stripe.Dispute> {
  const charge = await charged(stripe, card, 5000);
  await world.sandbox.settled();
  const [dispute] = (await stripe.disputes.list({ charge: charge.id })).data;
  if (!dispute) throw new Error("There is no dispute");
  return dispute;
}

async function settledDispute(id: string): Promise<Stripe.Dispute> {
  await world.sandbox.settled();
  return stripe.disputes.retrieve(id);
}

const appeal = (reason: string) => ({ evidence: { appeal: { card: { reason_for_filing: reason } } } });

describe("an appeal", () => {
  it("of a lost dispute can win the money back", async () => {
    const { id } = await disputed();
    await expect(stripe.disputes.update(id, appeal("too early"))).rejects.toMatchObject({
      param: "evidence[appeal]",
    });
    await stripe.disputes.close(id);
    world.sandbox.appealDispute(id);
    const open = await stripe.disputes.retrieve(id);
    expect(open.status).toBe("appeal_needs_response");
    expect(open.evidence_details.due_by).toBeGreaterThan(open.created);
    await expect(
      stripe.disputes.update(id, { evidence: { uncategorized_text: "late" } }),
    ).rejects.toMatchObject({ param: "evidence" });
    await expect(stripe.disputes.update(id, { submit: true })).rejects.toMatchObject({
      code: "parameter_missing",
    });
    const file = await stripe.files.create({
      purpose: "dispute_evidence",
      file: { data: Buffer.from("%PDF-1.4"), name: "a.pdf", type: "application/pdf" },
    });
    const staged = await stripe.disputes.update(id, {
      evidence: { appeal: { card: { supporting_files: [file.id] } } },
      submit: false,
    });
    expect(staged.evidence.appeal?.card).toEqual({ supporting_files: [file.id] });
    const sent = await stripe.disputes.update(id, appeal("winning_evidence"));
    expect(sent).toMatchObject({
      status: "appeal_under_review",
      evidence: { appeal: { card: { reason_for_filing: "winning_evidence", supporting_files: [file.id] } } },
    });
    const won = await settledDispute(id);
    expect([won.status, won.balance_transactions.length]).toEqual(["won", 2]);
    expect((await eventsOf(stripe, id)).slice(-4)).toEqual([
      "charge.dispute.updated",
      "charge.dispute.updated",
      "charge.dispute.closed",
      "charge.dispute.funds_reinstated",
    ]);
  });

  it("is lost by its words, or when nobody answers", async () => {
    const [one, two] = [await disputed(), await disputed()];
    for (const { id } of [one, two]) {
      await stripe.disputes.close(id);
      world.sandbox.appealDispute(id);
    }
    await stripe.disputes.update(one.id, appeal("losing_evidence"));
    expect((await settledDispute(one.id)).status).toBe("lost");
    await world.advance(15 * 86_400);
    expect((await settledDispute(two.id)).status).toBe("lost");
    expect((await eventsOf(stripe, two.id)).at(-1)).toBe("charge.dispute.closed");
  });

  it("exists only for lost disputes", async () => {
    const { id } = await disputed();
    const answer = await world.post(`/_sandbox/disputes/${id}/appeal`, {});
    expect(answer.status).toBe(400);
  });
});

describe("a prevented dispute", () => {
  it("gives back what was taken, and is over", async () => {
    const { id } = await disputed();
    await world.post(`/_sandbox/disputes/${id}/prevent`, {});
    const ended = await settledDispute(id);
    expect(ended).toMatchObject({ status: "prevented", is_charge_refundable: false });
    expect(ended.balance_transactions.map(({ amount }) => amount)).toEqual([-5000, 5000]);
    expect((await eventsOf(stripe, id)).slice(-2)).toEqual([
      "charge.dispute.closed",
      "charge.dispute.funds_reinstated",
    ]);
    expect(() => world.sandbox.preventDispute(id)).toThrow("Only an open dispute");
  });

  it("that took nothing gives nothing back", async () => {
    const { id } = await disputed("pm_card_createDisputeInquiry");
    world.sandbox.preventDispute(id);
    const ended = await settledDispute(id);
    expect([ended.status, ended.balance_transactions]).toEqual(["prevented", []]);
  });
});

describe("compelling evidence 3.0", () => {
  const same = { customer_purchase_ip: "10.0.0.1", customer_email_address: "ada@example.com" };

  it("qualifies with two earlier payments of the same customer", async () => {
    const earlier = [await charged(stripe, "pm_card_visa"), await charged(stripe, "pm_card_visa")];
    const dispute = await disputed("pm_card_createCe3EligibleDispute");
    expect(dispute.enhanced_eligibility_types).toEqual(["visa_compelling_evidence_3"]);
    const eligible = (given: Stripe.Dispute) =>
      given.evidence_details.enhanced_eligibility.visa_compelling_evidence_3;
    expect(eligible(dispute)).toEqual({
      status: "requires_action",
      required_actions: [
        "missing_disputed_transaction_description",
        "missing_merchandise_or_services",
        "missing_prior_undisputed_transactions",
      ],
    });
    const send = (evidence: Stripe.DisputeUpdateParams.Evidence.EnhancedEvidence.VisaCompellingEvidence3) =>
      stripe.disputes.update(dispute.id, {
        evidence: { enhanced_evidence: { visa_compelling_evidence_3: evidence } },
        submit: false,
      });
    const prior = earlier.map(({ id }) => ({ charge: id, ...same, product_description: "Plan" }));
    const half = await send({
      disputed_transaction: { ...same, merchandise_or_services: "services" },
      prior_undisputed_transactions: prior.map(({ customer_email_address: _email, ...rest }) => rest),
    });
    expect(eligible(half)?.required_actions).toEqual([
      "missing_customer_identifiers",
      "missing_disputed_transaction_description",
    ]);
    const full = await send({
      disputed_transaction: {
        product_description: "Plan",
        shipping_address: { city: "Berlin", country: "DE" },
      },
      prior_undisputed_transactions: prior,
    });
    expect(eligible(full)).toEqual({ status: "qualified", required_actions: [] });
    const shown = full.evidence.enhanced_evidence.visa_compelling_evidence_3;
    expect(shown?.disputed_transaction).toMatchObject({
      ...same,
      merchandise_or_services: "services",
      product_description: "Plan",
      customer_device_id: null,
      shipping_address: { city: "Berlin", line1: null },
    });
    expect(full.evidence_details.has_evidence).toBe(true);
    await expect(send({ prior_undisputed_transactions: [{ charge: "ch_none" }] })).rejects.toMatchObject({
      code: "resource_missing",
    });
    const sent = await stripe.disputes.update(dispute.id, { submit: true });
    expect(sent.status).toBe("under_review");
  });
});
