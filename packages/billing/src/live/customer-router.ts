import { customerProcedure, router } from "../trpc/procedures";
import { customerChanges } from "./changes";
import { LiveChangesInput } from "./schemas";

export const liveCustomerRouter = router({
  changes: customerProcedure("read")
    .input(LiveChangesInput)
    .subscription(({ ctx, input, signal }) => customerChanges(ctx, input, signal)),
});
