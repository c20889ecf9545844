import { anyoneProcedure, router } from "../trpc/procedures";
import { listPlans } from "./list";

export const plansCustomerRouter = router({
  list: anyoneProcedure.query(() => listPlans()),
});
