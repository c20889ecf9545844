import { newClientSecret, newId } from "../../ids";
import type { SetupIntent } from "../../tables";
import type { Tx } from "../../transaction";
import { applicationOf } from "../connect/application";

export function newSetupIntent(tx: Tx, given: Partial<SetupIntent>): SetupIntent {
  const id = newId("seti");
  tx.emit("setup_intent.created", "setup_intents", id);
  return tx.put("setup_intents", {
    id,
    object: "setup_intent",
    allowed_payment_method_types: null,
    application: applicationOf(tx),
    automatic_payment_methods: null,
    cancellation_reason: null,
    client_secret: newClientSecret(id),
    created: tx.now,
    customer: null,
    customer_account: null,
    description: null,
    excluded_payment_method_types: null,
    last_setup_error: null,
    latest_attempt: null,
    livemode: false,
    mandate: null,
    metadata: {},
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: {
      card: { mandate_options: null, network: null, request_three_d_secure: "automatic" },
    },
    payment_method_types: ["card"],
    single_use_mandate: null,
    status: given.payment_method ? "requires_confirmation" : "requires_payment_method",
    usage: "off_session",
    ...given,
  });
}
