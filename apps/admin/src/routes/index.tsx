import { createRoute, redirect } from "@tanstack/react-router";
import { consoleRoute } from "./console";

export const indexRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/customers", replace: true });
  },
});
