import { createRootRoute, Outlet } from "@tanstack/react-router";
import { BrokenPage } from "../features/shell/broken-page";
import { NotFoundPage } from "../features/shell/not-found-page";

export const rootRoute = createRootRoute({
  component: Outlet,
  errorComponent: BrokenPage,
  notFoundComponent: NotFoundPage,
});
