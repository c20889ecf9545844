import { customerProcedure, router } from "../trpc/procedures";
import { memberSession } from "./queries";

export const sessionCustomerRouter = router({
  get: customerProcedure("read").query(({ ctx }) => memberSession(ctx)),
});
