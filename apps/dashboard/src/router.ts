import { createRouter } from "@tanstack/react-router";
import { checkoutRoute } from "./routes/checkout";
import { checkoutReturnRoute } from "./routes/checkout-return";
import { invoiceRoute } from "./routes/invoice";
import { invoicesRoute } from "./routes/invoices";
import { overviewRoute } from "./routes/overview";
import { plansRoute } from "./routes/plans";
import { rootRoute } from "./routes/root";
import { signInRoute } from "./routes/sign-in";
import { signUpRoute } from "./routes/sign-up";
import { signedInRoute } from "./routes/signed-in";

export const router = createRouter({
  routeTree: rootRoute.addChildren([
    signInRoute,
    signUpRoute,
    signedInRoute.addChildren([
      overviewRoute,
      plansRoute,
      checkoutRoute,
      checkoutReturnRoute,
      invoicesRoute,
      invoiceRoute,
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
