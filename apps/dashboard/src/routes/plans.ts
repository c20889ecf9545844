import type { Currency, Interval } from "@farebox/billing";
import { currencies, intervals } from "@farebox/billing/schemas";
import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "../features/shell/lazy-page";
import { oneOf } from "../lib/paths";
import { queries } from "../lib/trpc";
import { signedInRoute } from "./signed-in";

export const plansRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/plans",
  validateSearch: (search): { interval?: Interval; currency?: Currency } => ({
    interval: oneOf(intervals, search.interval),
    currency: oneOf(currencies, search.currency),
  }),
  loader: () => {
    void queries.plans.list.prefetch();
    void queries.subscriptions.current.prefetch();
  },
  component: lazyPage(() => import("../features/plans/plans-page"), "PlansPage"),
});
