import { createRouter } from "@tanstack/react-router";
import { addCardRoute } from "./routes/add-card";
import { billingDetailsRoute } from "./routes/billing-details";
import { checkoutRoute } from "./routes/checkout";
import { checkoutReturnRoute } from "./routes/checkout-return";
import { finishChangeRoute } from "./routes/finish-change";
import { invoiceRoute } from "./routes/invoice";
import { invoicesRoute } from "./routes/invoices";
import { joinRoute } from "./routes/join";
import { membersRoute } from "./routes/members";
import { moreRoute } from "./routes/more";
import { overviewRoute } from "./routes/overview";
import { paymentMethodsRoute } from "./routes/payment-methods";
import { plansRoute } from "./routes/plans";
import { rootRoute } from "./routes/root";
import { signInRoute } from "./routes/sign-in";
import { signUpRoute } from "./routes/sign-up";
import { signedInRoute } from "./routes/signed-in";

export const router = createRouter({
  routeTree: rootRoute.addChildren([
    signInRoute,
    signUpRoute,
    joinRoute,
    signedInRoute.addChildren([
      overviewRoute,
      plansRoute,
      finishChangeRoute,
      checkoutRoute,
      checkoutReturnRoute,
      invoicesRoute,
      invoiceRoute,
      paymentMethodsRoute,
      addCardRoute,
      billingDetailsRoute,
      membersRoute,
      moreRoute,
    ]),
  ]),
  defaultPreload: "intent",
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
