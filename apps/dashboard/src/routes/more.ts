import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "../features/shell/lazy-page";
import { signedInRoute } from "./signed-in";

export const moreRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/more",
  component: lazyPage(() => import("../features/shell/more-page"), "MorePage"),
});
