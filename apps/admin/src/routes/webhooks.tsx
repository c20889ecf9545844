import { createRoute } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { webhooksSearch } from "../features/webhooks/webhooks-search";
import { consoleRoute } from "./console";

const WebhooksScreen = lazy(async () => ({
  default: (await import("../features/webhooks/webhooks-screen")).WebhooksScreen,
}));

export const webhooksRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: "/webhooks",
  validateSearch: webhooksSearch,
  component: function Webhooks() {
    return (
      <Suspense>
        <WebhooksScreen search={webhooksRoute.useSearch()} />
      </Suspense>
    );
  },
});
