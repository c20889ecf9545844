import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "../features/shell/lazy-page";
import { queries } from "../lib/trpc";
import { signedInRoute } from "./signed-in";

export const billingDetailsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/billing-details",
  loader: () => void queries.billingDetails.get.prefetch(),
  component: lazyPage(() => import("../features/billing-details/billing-details-page"), "BillingDetailsPage"),
});
