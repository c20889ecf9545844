import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "../features/shell/lazy-page";
import { localPath } from "../lib/paths";
import { rootRoute } from "./root";

export const signUpRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/sign-up",
  validateSearch: (search): { next?: string } => ({ next: localPath(search.next) }),
  component: lazyPage(() => import("../features/account/sign-up-page"), "SignUpPage"),
});
