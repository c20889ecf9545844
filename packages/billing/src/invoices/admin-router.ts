import { router, staffProcedure } from "../trpc/procedures";
import { getInvoiceAsStaff } from "./queries";
import { GetInvoiceInput } from "./schemas";

export const invoicesAdminRouter = router({
  get: staffProcedure("invoices:read")
    .input(GetInvoiceInput)
    .query(({ ctx, input }) => getInvoiceAsStaff(ctx, input)),
});
