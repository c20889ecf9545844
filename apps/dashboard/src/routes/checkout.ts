import { createRoute } from "@tanstack/react-router";
import { checkoutSearch } from "../features/checkout/search";
import { lazyPage } from "../features/shell/lazy-page";
import { queries } from "../lib/trpc";
import { signedInRoute } from "./signed-in";

export const checkoutRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/checkout",
  validateSearch: checkoutSearch,
  loader: () => {
    void queries.plans.list.prefetch();
    void queries.config.get.prefetch();
    void queries.subscriptions.current.prefetch();
  },
  component: lazyPage(() => import("../features/checkout/checkout-page"), "CheckoutPage"),
});
