import { customerProcedure, router } from "../trpc/procedures";
import { paymentStatus } from "./queries";
import { PaymentStatusInput } from "./schemas";

export const paymentsCustomerRouter = router({
  status: customerProcedure("read")
    .input(PaymentStatusInput)
    .query(({ ctx, input }) => paymentStatus(ctx, input)),
});
