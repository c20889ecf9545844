import type { PortalSession } from "../../tables";
import { type Resource, ref } from "../resource";
import { pauseTimers } from "./actions/pause";
import { configurationRoutes } from "./configurations";
import { sessionRoutes } from "./sessions";

export const portal: Resource = {
  routes: [...configurationRoutes, ...sessionRoutes],
  presenters: {
    portal_sessions: (_read, row) => {
      const { access: _access, ...session } = row as PortalSession;
      return session;
    },
  },
  timers: pauseTimers,
  expansions: {
    "billing_portal.configuration": {
      application: ref(),
      "features.subscription_update.products": { include: () => null },
    },
    "billing_portal.session": { configuration: ref("portal_configurations") },
  },
};
