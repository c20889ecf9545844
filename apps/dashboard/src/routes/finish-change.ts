import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "../features/shell/lazy-page";
import { signedInRoute } from "./signed-in";

export const finishChangeRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/plans/finish",
  component: lazyPage(() => import("../features/plan-change/finish-page"), "FinishPage"),
});
