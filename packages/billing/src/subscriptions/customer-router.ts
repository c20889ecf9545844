import { customerProcedure, router } from "../trpc/procedures";
import { createSubscription } from "./create-subscription";
import { currentSubscription } from "./queries";
import { CreateSubscriptionInput } from "./schemas";

export const subscriptionsCustomerRouter = router({
  current: customerProcedure("read").query(({ ctx }) => currentSubscription(ctx)),
  create: customerProcedure("purchase")
    .input(CreateSubscriptionInput)
    .mutation(({ ctx, input }) => createSubscription(ctx, input)),
});
