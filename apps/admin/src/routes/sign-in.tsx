import { createRoute } from "@tanstack/react-router";
import { nextPage } from "../features/session/next-page";
import { SignInScreen } from "../features/session/sign-in-screen";
import { rootRoute } from "./root";

export const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/sign-in",
  validateSearch: (params: Record<string, unknown>): { next?: string } => ({ next: nextPage(params.next) }),
  component: function SignIn() {
    return <SignInScreen next={signInRoute.useSearch().next} />;
  },
});
