import { ChangePlanInput, QuoteChangeInput } from "../quotes/schemas";
import { customerProcedure, router } from "../trpc/procedures";
import { cancelSubscription, undoCancellation } from "./cancel-subscription";
import { changePlan } from "./change-plan";
import { CancelSubscriptionInput, ChangeInput, PauseSubscriptionInput } from "./change-schemas";
import { createSubscription } from "./create-subscription";
import { pauseSubscription, resumeSubscription } from "./pause-subscription";
import { pendingPayment } from "./pending-payment";
import { currentSubscription } from "./queries";
import { quoteChange } from "./quote-change";
import { acceptDiscount, retentionOffers } from "./retention-offers";
import { CreateSubscriptionInput } from "./schemas";
import { dropPendingChange, undoScheduledChange } from "./undo-change";

export const subscriptionsCustomerRouter = router({
  current: customerProcedure("read").query(({ ctx }) => currentSubscription(ctx)),
  create: customerProcedure("purchase")
    .input(CreateSubscriptionInput)
    .mutation(({ ctx, input }) => createSubscription(ctx, input)),
  quoteChange: customerProcedure("change")
    .input(QuoteChangeInput)
    .query(({ ctx, input }) => quoteChange(ctx, input)),
  changePlan: customerProcedure("purchase")
    .input(ChangePlanInput)
    .mutation(({ ctx, input }) => changePlan(ctx, input)),
  pendingPayment: customerProcedure("change").query(({ ctx }) => pendingPayment(ctx)),
  dropPendingChange: customerProcedure("change")
    .input(ChangeInput)
    .mutation(({ ctx, input }) => dropPendingChange(ctx, input)),
  undoScheduledChange: customerProcedure("change")
    .input(ChangeInput)
    .mutation(({ ctx, input }) => undoScheduledChange(ctx, input)),
  cancel: customerProcedure("change")
    .input(CancelSubscriptionInput)
    .mutation(({ ctx, input }) => cancelSubscription(ctx, input)),
  retentionOffers: customerProcedure("change").query(({ ctx }) => retentionOffers(ctx)),
  acceptDiscount: customerProcedure("change")
    .input(ChangeInput)
    .mutation(({ ctx, input }) => acceptDiscount(ctx, input)),
  undoCancellation: customerProcedure("change")
    .input(ChangeInput)
    .mutation(({ ctx, input }) => undoCancellation(ctx, input)),
  pause: customerProcedure("change")
    .input(PauseSubscriptionInput)
    .mutation(({ ctx, input }) => pauseSubscription(ctx, input)),
  resume: customerProcedure("change")
    .input(ChangeInput)
    .mutation(({ ctx, input }) => resumeSubscription(ctx, input)),
});
