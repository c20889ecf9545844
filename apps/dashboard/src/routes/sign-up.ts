import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { localPath } from "../lib/paths";
import { rootRoute } from "./root";

export const signUpRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/sign-up",
  validateSearch: (search): { next?: string } => ({ next: localPath(search.next) }),
  component: lazyRouteComponent(() => import("../features/account/sign-up-page"), "SignUpPage"),
});
