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
  validateSearch: (
    search,
  ): { interval?: Interval; currency?: Currency; change?: string; seats?: number } => ({
    interval: oneOf(intervals, search.interval),
    currency: oneOf(currencies, search.currency),
    change: typeof search.change === "string" ? search.change : undefined,
    seats: Number.isSafeInteger(search.seats) ? Number(search.seats) : undefined,
  }),
  loader: () => {
    void queries.plans.list.prefetch();
    void queries.subscriptions.current.prefetch();
  },
  component: lazyPage(() => import("../features/plans/plans-page"), "PlansPage"),
});
