import { router, staffProcedure } from "../trpc/procedures";
import { allChanges, type ChangesProcedure } from "./changes";
import { LiveChangesInput } from "./schemas";

const changes: ChangesProcedure = staffProcedure("customers:read")
  .input(LiveChangesInput)
  .subscription(({ ctx, input, signal }) => allChanges(ctx, input, signal));

export const liveAdminRouter = router({ changes });
