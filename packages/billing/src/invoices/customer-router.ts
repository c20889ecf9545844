import { customerProcedure, router } from "../trpc/procedures";
import { openPayment, payInvoice } from "./pay-invoice";
import { getInvoice, listInvoices } from "./queries";
import { GetInvoiceInput, ListInvoicesInput, OpenPaymentInput, PayInvoiceInput } from "./schemas";

export const invoicesCustomerRouter = router({
  list: customerProcedure("read")
    .input(ListInvoicesInput)
    .query(({ ctx, input }) => listInvoices(ctx, input)),
  get: customerProcedure("read")
    .input(GetInvoiceInput)
    .query(({ ctx, input }) => getInvoice(ctx, input)),
  pay: customerProcedure("purchase")
    .input(PayInvoiceInput)
    .mutation(({ ctx, input }) => payInvoice(ctx, input)),
  openPayment: customerProcedure("purchase")
    .input(OpenPaymentInput)
    .mutation(({ ctx, input }) => openPayment(ctx, input)),
});
