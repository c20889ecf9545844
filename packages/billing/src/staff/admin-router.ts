import { router, staffProcedure } from "../trpc/procedures";
import { staffSession } from "./queries";

export const sessionAdminRouter = router({
  get: staffProcedure("customers:read").query(({ ctx }) => staffSession(ctx)),
});
