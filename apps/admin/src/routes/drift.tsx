import { createRoute } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { driftSearch } from "../features/drift/drift-search";
import { consoleRoute } from "./console";

const DriftScreen = lazy(async () => ({
  default: (await import("../features/drift/drift-screen")).DriftScreen,
}));

export const driftRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: "/drift",
  validateSearch: driftSearch,
  component: function Drift() {
    return (
      <Suspense>
        <DriftScreen search={driftRoute.useSearch()} />
      </Suspense>
    );
  },
});
