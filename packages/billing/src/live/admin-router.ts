import { router, staffProcedure } from "../trpc/procedures";
import { allChanges } from "./changes";
import { LiveChangesInput } from "./schemas";

export const liveAdminRouter = router({
  changes: staffProcedure("customers:read")
    .input(LiveChangesInput)
    .subscription(({ ctx, input, signal }) => allChanges(ctx, input, signal)),
});
