import { invalid } from "../../http/errors";
import { page, pageParams } from "../../http/lists";
import { hash, list, natural, oneOf, text } from "../../http/params";
import { newId } from "../../ids";
import type { AlertTrigger, BillingAlert } from "../../tables";
import type { Presenter, Tx } from "../../transaction";
import { type Resource, ref, route } from "../resource";
import { checkAlert } from "./watch";

const url = "/v1/billing/alerts";

const threshold = hash(
  {
    filters: list(hash({ customer: text, type: oneOf("customer") }, ["type"])),
    gte: natural,
    meter: text,
    recurrence: oneOf("one_time"),
  },
  ["gte", "meter", "recurrence"],
);
const createParams = hash({ alert_type: oneOf("usage_threshold"), title: text, usage_threshold: threshold }, [
  "alert_type",
  "title",
]);

const create = route("POST", url, createParams, ({ tx, params }) => {
  const { usage_threshold: given } = params;
  if (!given)
    throw invalid("Missing required param: usage_threshold.", "parameter_missing", "usage_threshold");
  const { filters = [] } = given;
  if (given.gte < 1)
    throw invalid(
      "The threshold must be greater than 0.",
      "parameter_invalid_integer",
      "usage_threshold[gte]",
    );
  if (filters.length > 1)
    throw invalid("An alert can have one filter.", undefined, "usage_threshold[filters]");
  const meter = tx.need("meters", given.meter, "usage_threshold[meter]");
  for (const { customer } of filters) {
    const param = "usage_threshold[filters][0][customer]";
    if (!customer) throw invalid(`Missing required param: ${param}.`, "parameter_missing", param);
    tx.need("customers", customer, param);
  }
  return tx.put("billing_alerts", {
    id: newId("alrt"),
    object: "billing.alert",
    alert_type: "usage_threshold",
    livemode: false,
    status: "active",
    title: params.title,
    usage_threshold: {
      filters: filters.map(({ customer = null }) => ({ customer, type: "customer" as const })),
      gte: given.gte,
      meter: meter.id,
      recurrence: "one_time",
    },
  });
});

const retrieve = route("GET", `${url}/:`, hash({}), ({ tx, ids: [id] }) => need(tx, id));

function need(tx: Tx, id: string): BillingAlert {
  const alert = tx.get("billing_alerts", id);
  if (alert) return alert;
  throw invalid(`No such billing alert: '${id}'`, "resource_missing", "id", 404);
}

const listParams = hash({ ...pageParams, alert_type: oneOf("usage_threshold"), meter: text });
const index = route("GET", url, listParams, ({ tx, params }) =>
  page(
    tx,
    "billing_alerts",
    url,
    params,
    ({ usage_threshold: threshold }) => !params.meter || threshold?.meter === params.meter,
  ),
);

/** An archived alert stays so. */
function change(verb: string, status: "active" | "inactive" | "archived") {
  return route("POST", `${url}/:/${verb}`, hash({}), ({ tx, ids: [id] }) => {
    const alert = need(tx, id);
    if (alert.status === "archived")
      throw invalid(`You cannot ${verb} an archived alert.`, "status_transition_invalid");
    return tx.patch("billing_alerts", id, { status });
  });
}

const presentTrigger: Presenter = (read, row) => {
  const { alert, created, customer, value } = row as AlertTrigger;
  return {
    object: "billing.alert_triggered",
    alert: read.get("billing_alerts", alert),
    created,
    customer,
    livemode: false,
    value,
  };
};

export const alerts: Resource = {
  routes: [
    create,
    retrieve,
    index,
    change("activate", "active"),
    change("deactivate", "inactive"),
    change("archive", "archived"),
  ],
  presenters: { alert_triggers: presentTrigger },
  expansions: {
    "billing.alert": {
      "usage_threshold.meter": ref("meters"),
      "usage_threshold.filters.customer": ref("customers"),
    },
  },
  timers: { "billing_alert.check": checkAlert },
};
