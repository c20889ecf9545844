import type { InvoiceDetail, StaffRole } from "@farebox/billing";
import { staffMay } from "@farebox/billing/schemas";

export type RefundAvailability = { allowed: true } | { allowed: false; reason: string };

type RefundedInvoice = Pick<InvoiceDetail, "status" | "amountPaid" | "refundable" | "refunds" | "payments">;

const underWay = ["submitted", "unknown", "pending", "requires_action"];

/** Whether the button may be pressed, and if not, the sentence beside it. The server decides again. */
export function refundAvailability(
  invoice: RefundedInvoice,
  role: StaffRole | undefined,
): RefundAvailability {
  if (!role) return blocked("Checking your role.");
  if (!staffMay(role, "refunds:create"))
    return blocked(`Your role (${role}) cannot refund. Ask support, finance or an admin.`);
  if (invoice.status === "draft") return blocked("A draft has no payment to return.");
  if (invoice.status === "open") return blocked("This invoice is not paid, so there is nothing to return.");
  if (invoice.status === "void") return blocked("A void invoice has no payment to return.");
  if (invoice.amountPaid === 0) return blocked("Nothing was paid on this invoice.");
  if (invoice.refundable > 0) return { allowed: true };
  return blocked(whyNothingIsLeft(invoice));
}

function whyNothingIsLeft({ payments, refunds }: RefundedInvoice): string {
  if (!payments.some((payment) => payment.status === "succeeded"))
    return "No card payment belongs to this invoice.";
  if (refunds.some((refund) => underWay.includes(refund.status)))
    return "All of it is refunded or on its way back.";
  if (refunds.some((refund) => refund.status === "succeeded")) return "All of it has been refunded.";
  return "The cardholder disputes this payment, so it cannot be refunded.";
}

const blocked = (reason: string): RefundAvailability => ({ allowed: false, reason });
