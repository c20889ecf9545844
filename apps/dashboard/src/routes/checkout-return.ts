import { createRoute } from "@tanstack/react-router";
import { checkoutReturnSearch } from "../features/checkout/search";
import { lazyPage } from "../features/shell/lazy-page";
import { signedInRoute } from "./signed-in";

export const checkoutReturnRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/checkout/return",
  validateSearch: checkoutReturnSearch,
  component: lazyPage(() => import("../features/checkout/return-page"), "CheckoutReturnPage"),
});
