import { router, staffProcedure } from "../trpc/procedures";
import { getCustomer, listCustomers } from "./queries";
import { GetCustomerInput, ListCustomersInput } from "./schemas";

export const customersAdminRouter = router({
  list: staffProcedure("customers:read")
    .input(ListCustomersInput)
    .query(({ ctx, input }) => listCustomers(ctx, input)),
  get: staffProcedure("customers:read")
    .input(GetCustomerInput)
    .query(({ ctx, input }) => getCustomer(ctx, input)),
});
