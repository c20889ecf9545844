import { anyoneProcedure, router } from "../trpc/procedures";
import { listPlans, viewCatalog } from "./list";

export const plansCustomerRouter = router({
  list: anyoneProcedure.query(() => listPlans()),
  catalog: anyoneProcedure.query(() => viewCatalog()),
});
