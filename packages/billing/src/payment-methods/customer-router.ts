import { customerProcedure, router } from "../trpc/procedures";
import { addCard } from "./add-card";
import { finishCard } from "./finish-card";
import { paymentMethodsView } from "./queries";
import { removeCard } from "./remove-card";
import { AddCardInput, CardInput, FinishCardInput } from "./schemas";
import { setDefault } from "./set-default";

export const paymentMethodsCustomerRouter = router({
  list: customerProcedure("read").query(({ ctx }) => paymentMethodsView(ctx)),
  add: customerProcedure("cards")
    .input(AddCardInput)
    .mutation(({ ctx, input }) => addCard(ctx, input)),
  finish: customerProcedure("cards")
    .input(FinishCardInput)
    .mutation(({ ctx, input }) => finishCard(ctx, input)),
  setDefault: customerProcedure("cards")
    .input(CardInput)
    .mutation(({ ctx, input }) => setDefault(ctx, input)),
  remove: customerProcedure("cards")
    .input(CardInput)
    .mutation(({ ctx, input }) => removeCard(ctx, input)),
});
