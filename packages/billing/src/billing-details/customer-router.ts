import { customerProcedure, router } from "../trpc/procedures";
import { addTaxId } from "./add-tax-id";
import { billingDetails } from "./queries";
import { removeTaxId } from "./remove-tax-id";
import { AddTaxIdInput, RemoveTaxIdInput, UpdateBillingDetailsInput } from "./schemas";
import { updateBillingDetails } from "./update";

export const billingDetailsCustomerRouter = router({
  get: customerProcedure("read").query(({ ctx }) => billingDetails(ctx, ctx.actor.customerId)),
  update: customerProcedure("details")
    .input(UpdateBillingDetailsInput)
    .mutation(({ ctx, input }) => updateBillingDetails(ctx, input)),
  addTaxId: customerProcedure("details")
    .input(AddTaxIdInput)
    .mutation(({ ctx, input }) => addTaxId(ctx, input)),
  removeTaxId: customerProcedure("details")
    .input(RemoveTaxIdInput)
    .mutation(({ ctx, input }) => removeTaxId(ctx, input)),
});
