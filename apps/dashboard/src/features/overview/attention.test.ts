import type { InvoiceSummary, SubscriptionView } from "@farebox/billing";
import { describe, expect, it } from "vitest";
import { attentionFor } from "./attention";

const subscription: SubscriptionView = {
  id: "sub_1",
  status: "active",
  planId: "growth",
  planName: "Growth",
  interval: "year",
  quantity: 1,
  price: { amount: 99000, currency: "eur" },
  currentPeriodStart: null,
  currentPeriodEnd: null,
  trialEnd: null,
  cancelAt: null,
  scheduledChange: null,
  pendingChange: null,
  paused: null,
  endedAt: null,
  createdAt: "2026-11-03T12:00:00.000Z",
  paymentMethod: null,
};
const open: InvoiceSummary = {
  id: "in_1",
  number: "F-1",
  status: "open",
  currency: "eur",
  total: 99000,
  amountPaid: 0,
  amountRemaining: 99000,
  amountRefunded: 0,
  createdAt: "2026-11-03T12:00:00.000Z",
  paidAt: null,
  periodStart: "2026-11-03T12:00:00.000Z",
  periodEnd: "2026-12-03T12:00:00.000Z",
  hostedInvoiceUrl: null,
  invoicePdf: null,
};

describe("attentionFor", () => {
  it("is silent when nothing is to do", () => {
    expect(attentionFor(null, [])).toBeNull();
    expect(attentionFor(subscription, [open])).toBeNull();
    expect(attentionFor({ ...subscription, status: "canceled" }, [])).toBeNull();
  });

  it("leads an incomplete purchase back to the same checkout", () => {
    expect(attentionFor({ ...subscription, status: "incomplete" }, [])?.action).toEqual({
      label: "Finish the payment",
      to: "checkout",
      search: { plan: "growth", interval: "year", currency: "eur" },
    });
  });

  it("asks for the card of a trial", () => {
    expect(attentionFor({ ...subscription, status: "trialing" }, [])?.action.label).toBe("Add a card");
  });

  it("leads a failed payment to where it can be paid", () => {
    const pastDue = { ...subscription, status: "past_due" };
    expect(attentionFor(pastDue, [{ ...open, status: "paid" }])?.action.to).toBe("invoices");
    expect(attentionFor(pastDue, [open])?.action).toMatchObject({ to: "invoice", invoiceId: "in_1" });
    expect(attentionFor(pastDue, [{ ...open, hostedInvoiceUrl: "https://pay" }])?.action).toMatchObject({
      to: "hosted",
      href: "https://pay",
    });
  });
});
