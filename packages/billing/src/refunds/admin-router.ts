import { router, staffProcedure } from "../trpc/procedures";
import { refundInvoice } from "./refund-invoice";
import { CreateRefundInput } from "./schemas";

export const refundsAdminRouter = router({
  create: staffProcedure("refunds:create")
    .input(CreateRefundInput)
    .mutation(({ ctx, input }) => refundInvoice(ctx, input)),
});
