import { router, staffProcedure } from "../trpc/procedures";
import { endRun, repairDrift, startRun } from "./manage";
import { getRun, listDrift, listRuns } from "./queries";
import { ListDriftInput, RepairDriftInput, RunInput, StartRunInput, StopRunInput } from "./schemas";

export const reconciliationAdminRouter = router({
  runs: staffProcedure("drift:read").query(({ ctx }) => listRuns(ctx)),
  run: staffProcedure("drift:read")
    .input(RunInput)
    .query(({ ctx, input }) => getRun(ctx, input)),
  drift: staffProcedure("drift:read")
    .input(ListDriftInput)
    .query(({ ctx, input }) => listDrift(ctx, input)),
  start: staffProcedure("drift:repair")
    .input(StartRunInput)
    .mutation(({ ctx, input }) => startRun(ctx, input)),
  stop: staffProcedure("drift:repair")
    .input(StopRunInput)
    .mutation(({ ctx, input }) => endRun(ctx, input)),
  repair: staffProcedure("drift:repair")
    .input(RepairDriftInput)
    .mutation(({ ctx, input }) => repairDrift(ctx, input)),
});
