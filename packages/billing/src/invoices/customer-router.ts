import { customerProcedure, router } from "../trpc/procedures";
import { getInvoice, listInvoices } from "./queries";
import { GetInvoiceInput, ListInvoicesInput } from "./schemas";

export const invoicesCustomerRouter = router({
  list: customerProcedure("read")
    .input(ListInvoicesInput)
    .query(({ ctx, input }) => listInvoices(ctx, input)),
  get: customerProcedure("read")
    .input(GetInvoiceInput)
    .query(({ ctx, input }) => getInvoice(ctx, input)),
});
