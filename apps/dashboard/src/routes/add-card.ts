import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "../features/shell/lazy-page";
import { queries } from "../lib/trpc";
import { signedInRoute } from "./signed-in";

export const addCardRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/payment-methods/add",
  loader: () => {
    void queries.config.get.prefetch();
    void queries.paymentMethods.list.prefetch();
  },
  component: lazyPage(() => import("../features/payment-methods/add-card-page"), "AddCardPage"),
});
