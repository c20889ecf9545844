import { charged } from "../../testing/world";
import { refused } from "../refused";
import type { Scenario } from ".";

export const disputes: Scenario = async (stripe, sandbox) => {
  const receipt = await stripe.files.create({
    purpose: "dispute_evidence",
    file: { data: Buffer.from("%PDF-1.4 receipt"), name: "receipt.pdf", type: "application/pdf" },
    file_link_data: { create: true, metadata: { a: "b" } },
  });
  const signature = await stripe.files.create({
    purpose: "customer_signature",
    file: { data: Buffer.from("%PDF-1.4 signature"), name: "signature.pdf", type: "application/pdf" },
  });
  const evidence = {
    uncategorized_text: "winning_evidence",
    customer_name: "Ada",
    customer_email_address: "ada@example.com",
    receipt: receipt.id,
    cancellation_policy: receipt.id,
    customer_communication: receipt.id,
    customer_signature: signature.id,
    duplicate_charge_documentation: receipt.id,
    refund_policy: receipt.id,
    service_documentation: receipt.id,
    shipping_documentation: receipt.id,
    uncategorized_file: receipt.id,
    service_date: "2026-01-01",
  };
  const cards = [
    "pm_card_createDispute",
    "pm_card_createDisputeProductNotReceived",
    "pm_card_createDisputeInquiry",
    "pm_card_createMultipleDisputes",
    "pm_card_createCe3EligibleDispute",
  ];
  for (const card of cards) await charged(stripe, card, 5000);
  await sandbox.settled();
  const { data: found } = await stripe.disputes.list({ expand: ["data.charge", "data.payment_intent"] });
  const [first, second, third, ...others] = found.filter(({ status }) => status === "needs_response");
  if (!first || !second || !third) throw new Error(`There are only ${found.length} disputes`);
  await stripe.disputes.update(first.id, { evidence, submit: false, metadata: { case: "7" } });
  await stripe.disputes.update(first.id, { submit: true });
  await stripe.disputes.update(second.id, { evidence: { uncategorized_text: "losing_evidence" } });
  await stripe.disputes.close(third.id);
  for (const { id } of others) await stripe.disputes.retrieve(id);
  for (const { id } of found.filter(({ status }) => status === "warning_needs_response"))
    await stripe.disputes.update(id, { evidence: { uncategorized_text: "escalate_inquiry_evidence" } });
  sandbox.appealDispute(third.id);
  await stripe.disputes.update(third.id, {
    evidence: { appeal: { card: { reason_for_filing: "winning_evidence", supporting_files: [receipt.id] } } },
  });
  await sandbox.settled();
  for (const { id } of found) await stripe.disputes.retrieve(id);
  await refused(stripe.refunds.create({ charge: String(second.charge) }));
  await stripe.balanceTransactions.list({ type: "adjustment", expand: ["data.source"] });
};

export const fraudWarnings: Scenario = async (stripe, sandbox) => {
  const charge = await charged(stripe, "pm_card_createIssuerFraudRecord");
  await sandbox.settled();
  const { data } = await stripe.radar.earlyFraudWarnings.list({ charge: charge.id });
  await stripe.radar.earlyFraudWarnings.retrieve(data[0]?.id ?? "");
  await stripe.refunds.create({ charge: charge.id, reason: "fraudulent" });
};

export const files: Scenario = async (stripe) => {
  const file = await stripe.files.create({
    purpose: "business_icon",
    file: { data: Buffer.from("GIF89a"), name: "icon.gif", type: "image/gif" },
  });
  const link = await stripe.fileLinks.create({ file: file.id, metadata: { a: "b" } });
  await stripe.fileLinks.update(link.id, { expires_at: "now" });
  await stripe.fileLinks.list({ file: file.id, expand: ["data.file"] });
  await stripe.fileLinks.retrieve(link.id);
  await stripe.files.retrieve(file.id);
  await stripe.files.list({ purpose: "business_icon" });
};
