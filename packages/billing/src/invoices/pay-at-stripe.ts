import type Stripe from "stripe";
import type { KindOfOperation } from "../operations/kinds";
import { keyOf, paramsOf } from "../operations/params";

export interface InvoicePayment {
  invoice: string;
  card: string;
}

/** The customer is here: a bank may ask for a confirmation instead of refusing. */
export const invoicePay: KindOfOperation = {
  async call(stripe, operation) {
    const { invoice, card } = paramsOf<InvoicePayment>(operation);
    try {
      return await stripe.invoices.pay(
        invoice,
        { payment_method: card, off_session: false, expand: ["payments"] },
        keyOf(operation),
      );
    } catch (error) {
      const paid = await paidMeanwhile(stripe, invoice).catch(() => undefined);
      if (paid) return paid;
      throw error;
    }
  },
  probe: (stripe, operation) => paidMeanwhile(stripe, paramsOf<InvoicePayment>(operation).invoice),
  movesMoney: true,
  provenBy: "answer",
};

async function paidMeanwhile(stripe: Stripe, id: string): Promise<Stripe.Invoice | undefined> {
  const invoice = await stripe.invoices.retrieve(id, { expand: ["payments"] });
  return invoice.status === "paid" ? invoice : undefined;
}
