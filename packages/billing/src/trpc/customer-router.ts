import { billingDetailsCustomerRouter } from "../billing-details/customer-router";
import { configCustomerRouter } from "../config/customer-router";
import { accountCustomerRouter } from "../customers/customer-router";
import { invitationsCustomerRouter } from "../invitations/customer-router";
import { invoicesCustomerRouter } from "../invoices/customer-router";
import { liveCustomerRouter } from "../live/customer-router";
import { membersCustomerRouter, sessionCustomerRouter } from "../members/customer-router";
import { paymentMethodsCustomerRouter } from "../payment-methods/customer-router";
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
  paymentMethods: paymentMethodsCustomerRouter,
  billingDetails: billingDetailsCustomerRouter,
  members: membersCustomerRouter,
  invitations: invitationsCustomerRouter,
  account: accountCustomerRouter,
  live: liveCustomerRouter,
});

export type CustomerRouter = typeof customerRouter;
