import { configCustomerRouter } from "../config/customer-router";
import { invoicesCustomerRouter } from "../invoices/customer-router";
import { liveCustomerRouter } from "../live/customer-router";
import { sessionCustomerRouter } from "../members/customer-router";
import { paymentsCustomerRouter } from "../payments/customer-router";
import { plansCustomerRouter } from "../plans/customer-router";
import { subscriptionsCustomerRouter } from "../subscriptions/customer-router";
import { router } from "./procedures";

export const customerRouter = router({
  config: configCustomerRouter,
  plans: plansCustomerRouter,
  session: sessionCustomerRouter,
  subscriptions: subscriptionsCustomerRouter,
  payments: paymentsCustomerRouter,
  invoices: invoicesCustomerRouter,
  live: liveCustomerRouter,
});

export type CustomerRouter = typeof customerRouter;
