import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "../features/shell/lazy-page";
import { rootRoute } from "./root";

/** The link of an invitation: its token stands behind the #, which browsers keep to themselves. */
export const joinRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/join",
  component: lazyPage(() => import("../features/members/join-page"), "JoinPage"),
});
