import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "../features/shell/lazy-page";
import { queries } from "../lib/trpc";
import { signedInRoute } from "./signed-in";

export const paymentMethodsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/payment-methods",
  loader: () => void queries.paymentMethods.list.prefetch(),
  component: lazyPage(() => import("../features/payment-methods/payment-methods-page"), "PaymentMethodsPage"),
});
