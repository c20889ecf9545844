import type { RetriedInvoice } from "@farebox/billing";
import { toast } from "@farebox/ui/toast";

type FormatMoney = (amount: number, currency: string) => string;

/** What became of unpaid invoices with the new card. What needs somebody's hand stays until it is closed. */
export function tellRetried(retried: readonly RetriedInvoice[], format: FormatMoney): void {
  for (const { outcome, amount, currency, message, hostedInvoiceUrl } of retried) {
    const money = format(amount, currency);
    if (outcome === "paid") {
      toast.success(`${money} paid. Your plan goes on.`);
      continue;
    }
    const action = hostedInvoiceUrl
      ? {
          label: outcome === "needs_confirmation" ? "Confirm" : "Open the invoice",
          onClick: () => window.location.assign(hostedInvoiceUrl),
        }
      : undefined;
    toast.error(`${money} could not be paid yet.`, {
      description: message ?? undefined,
      duration: Number.POSITIVE_INFINITY,
      closeButton: true,
      action,
    });
  }
}
