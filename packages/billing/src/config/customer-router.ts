import { anyoneProcedure, router } from "../trpc/procedures";
import { browserConfig } from "./queries";

export const configCustomerRouter = router({
  get: anyoneProcedure.query(({ ctx }) => browserConfig(ctx)),
});
