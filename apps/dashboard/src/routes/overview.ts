import { createRoute } from "@tanstack/react-router";
import { OverviewPage } from "../features/overview/overview-page";
import { queries } from "../lib/trpc";
import { signedInRoute } from "./signed-in";

export const overviewRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/",
  loader: () => {
    void queries.subscriptions.current.prefetch();
    void queries.invoices.list.prefetch({ limit: 5 });
  },
  component: OverviewPage,
});
