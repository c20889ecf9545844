import { createRoute } from "@tanstack/react-router";
import { SignedInLayout } from "../features/shell/signed-in-layout";
import { rootRoute } from "./root";

/** Everything behind the sign-in. The page and the session load side by side, not one after the other. */
export const signedInRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: "signed-in",
  component: SignedInLayout,
});
