import { createRootRoute, Outlet } from "@tanstack/react-router";
import { ScreenCrash } from "../features/console/screen-crash";
import { ScreenNotFound } from "../features/console/screen-not-found";

export const rootRoute = createRootRoute({
  component: Outlet,
  notFoundComponent: () => <ScreenNotFound />,
  errorComponent: ScreenCrash,
});
