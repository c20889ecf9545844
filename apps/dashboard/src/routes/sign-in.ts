import { createRoute } from "@tanstack/react-router";
import { SignInPage } from "../features/account/sign-in-page";
import { localPath } from "../lib/paths";
import { rootRoute } from "./root";

export const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/sign-in",
  validateSearch: (search): { next?: string } => ({ next: localPath(search.next) }),
  component: SignInPage,
});
