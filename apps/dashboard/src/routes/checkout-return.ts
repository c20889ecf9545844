import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { checkoutReturnSearch } from "../features/checkout/search";
import { signedInRoute } from "./signed-in";

export const checkoutReturnRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/checkout/return",
  validateSearch: checkoutReturnSearch,
  component: lazyRouteComponent(() => import("../features/checkout/return-page"), "CheckoutReturnPage"),
});
