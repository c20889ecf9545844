import { customerProcedure, router } from "../trpc/procedures";
import { CloseAccountInput } from "./account-schemas";
import { closeAccount, previewClosing } from "./close-account";

export const accountCustomerRouter = router({
  previewClose: customerProcedure("close").query(({ ctx }) => previewClosing(ctx)),
  close: customerProcedure("close")
    .input(CloseAccountInput)
    .mutation(({ ctx, input }) => closeAccount(ctx, input)),
});
