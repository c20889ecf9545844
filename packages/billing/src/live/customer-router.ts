import { customerProcedure, router } from "../trpc/procedures";
import { type ChangesProcedure, customerChanges } from "./changes";
import { LiveChangesInput } from "./schemas";

const changes: ChangesProcedure = customerProcedure("read")
  .input(LiveChangesInput)
  .subscription(({ ctx, input, signal }) => customerChanges(ctx, input, signal));

export const liveCustomerRouter = router({ changes });
