import type { InvoiceDetail, RefundView, StaffRole, StaffSession } from "@farebox/billing";

export const staffSession = (role: StaffRole): StaffSession => ({
  staff: { id: "s_1", name: "Sam Support", email: "sam@farebox.test", role },
});

export const paidInvoice = (changes: Partial<InvoiceDetail> = {}): InvoiceDetail => ({
  id: "in_1",
  number: "FB-0001",
  status: "paid",
  currency: "usd",
  total: 9900,
  amountPaid: 9900,
  amountRemaining: 0,
  amountRefunded: 0,
  createdAt: "2026-11-01T00:00:00.000Z",
  paidAt: "2026-11-01T00:00:10.000Z",
  periodStart: "2026-11-01T00:00:00.000Z",
  periodEnd: "2026-12-01T00:00:00.000Z",
  hostedInvoiceUrl: null,
  invoicePdf: null,
  customer: { id: "c_1", name: "Ada", email: "ada@example.com" },
  subscriptionId: null,
  billingReason: "manual",
  subtotal: 9900,
  discount: 0,
  tax: 0,
  amountDue: 9900,
  lines: [],
  payments: [
    {
      id: "pi_1",
      status: "succeeded",
      amount: 9900,
      currency: "usd",
      amountRefunded: 0,
      card: { brand: "visa", last4: "4242" },
      failureCode: null,
      failureMessage: null,
      createdAt: "2026-11-01T00:00:05.000Z",
    },
  ],
  refunds: [],
  refundable: 9900,
  ...changes,
});

export const refund = (changes: Partial<RefundView> = {}): RefundView => ({
  id: "re_1",
  operationId: null,
  status: "succeeded",
  amount: 4950,
  currency: "usd",
  reason: "requested_by_customer",
  failureReason: null,
  createdAt: "2026-11-02T00:00:00.000Z",
  ...changes,
});
