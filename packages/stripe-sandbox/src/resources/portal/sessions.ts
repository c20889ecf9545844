import { invalid } from "../../http/errors";
import { newId, randomText } from "../../ids";
import type { PortalConfiguration, PortalSession } from "../../tables";
import type { Tx } from "../../transaction";
import { route } from "../resource";
import { realNow, unusedSeconds } from "./access";
import { flowOf } from "./flow";
import { type SessionGiven, sessionParams } from "./session-params";

const create = route("POST", "/v1/billing_portal/sessions", sessionParams, ({ tx, params }) =>
  tx.view("portal_sessions", createPortalSession(tx, params).id),
);

export const sessionRoutes = [create];

export function createPortalSession(tx: Tx, given: SessionGiven): PortalSession {
  if (!given.customer) throw invalid("Missing required param: customer.", "parameter_missing", "customer");
  const customer = tx.need("customers", given.customer, "customer");
  const configuration = configurationFor(tx, given.configuration);
  const token = `test_${randomText(48)}`;
  const { after_expiration: after } = given;
  const row = tx.put("portal_sessions", {
    id: newId("bps"),
    object: "billing_portal.session",
    ...(after && {
      after_expiration: {
        customer_login: after.customer_login ? { expires_at: after.customer_login.expires_at ?? null } : null,
        type: after.type,
      },
    }),
    configuration: configuration.id,
    created: tx.now,
    customer: customer.id,
    customer_account: null,
    flow: given.flow_data ? flowOf(tx, customer.id, configuration.features, given.flow_data) : null,
    livemode: false,
    locale: given.locale ?? null,
    on_behalf_of: null,
    return_url: given.return_url ?? configuration.default_return_url,
    url: `${tx.settings.url}/p/session/${token}`,
    access: { token, browser: null, expires: realNow(tx) + unusedSeconds(), done: false },
  });
  tx.emit("billing_portal.session.created", "portal_sessions", row.id);
  return row;
}

function configurationFor(tx: Tx, id: string | undefined): PortalConfiguration {
  const row = id ? tx.need("portal_configurations", id, "configuration") : defaultConfiguration(tx);
  if (row.active) return row;
  throw invalid("The configuration is not active.", undefined, "configuration");
}

function defaultConfiguration(tx: Tx): PortalConfiguration {
  for (const row of tx.newestFirst("portal_configurations")) if (row.is_default) return row;
  throw invalid(
    "No configuration provided and your test mode default configuration has not been created. Provide a configuration or create your default by saving your customer portal settings in test mode.",
    undefined,
    "configuration",
  );
}
