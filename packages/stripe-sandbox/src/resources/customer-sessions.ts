import { formLifetimes } from "../decisions/timing";
import { invalid, missing } from "../http/errors";
import { bool, hash, int, list, oneOf, type Parser, text, unsupported } from "../http/params";
import { randomText } from "../ids";
import type { CustomerSession, PaymentMethod } from "../tables";
import type { Presenter, Tx } from "../transaction";
import { type Resource, ref, route } from "./resource";

const url = "/v1/customer_sessions";
const { customerSessionSeconds: lifetimeSeconds } = formLifetimes();

const onOff = oneOf("enabled", "disabled");
const redisplay = oneOf("always", "limited", "unspecified");
const simple = hash({ enabled: bool }, ["enabled"]);
const shared = {
  payment_method_allow_redisplay_filters: list(redisplay),
  payment_method_remove: onOff,
};
const saving = { ...shared, payment_method_redisplay: onOff, payment_method_save: onOff };
const redisplayLimit: Parser<number> = (raw, path) => {
  const value = int(raw, path);
  if (value >= 1 && value <= 10) return value;
  throw invalid("This value must be between 1 and 10.", "parameter_invalid_integer", path);
};
const paymentElement = hash({
  ...saving,
  payment_method_redisplay_limit: redisplayLimit,
  payment_method_save_usage: oneOf("off_session", "on_session"),
});

const componentParams = hash({
  active_entitlements: simple,
  buy_button: simple,
  customer_portal: simple,
  customer_sheet: hash({ enabled: bool, features: hash(shared) }, ["enabled"]),
  mobile_payment_element: hash(
    {
      enabled: bool,
      features: hash({ ...saving, payment_method_save_allow_redisplay_override: redisplay }),
    },
    ["enabled"],
  ),
  payment_element: hash({ enabled: bool, features: paymentElement }, ["enabled"]),
  pricing_table: simple,
});
type Components = ReturnType<typeof componentParams>;
type Shown = NonNullable<CustomerSession["components"]>;

function shown(given: Components): Shown {
  const enabled = (component: { enabled: boolean } | undefined) => ({ enabled: component?.enabled ?? false });
  const element = given.payment_element;
  return {
    active_entitlements: enabled(given.active_entitlements),
    buy_button: enabled(given.buy_button),
    customer_portal: enabled(given.customer_portal),
    customer_sheet: { ...enabled(given.customer_sheet), features: sheet(given.customer_sheet) },
    mobile_payment_element: {
      ...enabled(given.mobile_payment_element),
      features: mobile(given.mobile_payment_element),
    },
    payment_element: { ...enabled(element), features: element?.enabled ? features(element.features) : null },
    pricing_table: enabled(given.pricing_table),
  };
}

type Given<Name extends keyof Components> = NonNullable<Components[Name]> | undefined;

function features(given: NonNullable<Given<"payment_element">>["features"] = {}) {
  const save = given.payment_method_save ?? "disabled";
  if (save === "enabled" && !given.payment_method_save_usage) {
    throw invalid(
      "payment_method_save needs payment_method_save_usage.",
      "parameter_missing",
      "components[payment_element][features][payment_method_save_usage]",
    );
  }
  return {
    payment_method_allow_redisplay_filters: given.payment_method_allow_redisplay_filters ?? ["always"],
    payment_method_redisplay: given.payment_method_redisplay ?? "disabled",
    payment_method_redisplay_limit: given.payment_method_redisplay_limit ?? 3,
    payment_method_remove: given.payment_method_remove ?? "disabled",
    payment_method_save: save,
    payment_method_save_usage: given.payment_method_save_usage ?? null,
  };
}

function sheet(component: Given<"customer_sheet">): Shown["customer_sheet"]["features"] {
  if (!component?.enabled) return null;
  const { features: given = {} } = component;
  return {
    payment_method_allow_redisplay_filters: given.payment_method_allow_redisplay_filters ?? ["always"],
    payment_method_remove: given.payment_method_remove ?? "disabled",
  };
}

function mobile(component: Given<"mobile_payment_element">): Shown["mobile_payment_element"]["features"] {
  if (!component?.enabled) return null;
  const { features: given = {} } = component;
  return {
    payment_method_allow_redisplay_filters: given.payment_method_allow_redisplay_filters ?? ["always"],
    payment_method_redisplay: given.payment_method_redisplay ?? "disabled",
    payment_method_remove: given.payment_method_remove ?? "disabled",
    payment_method_save: given.payment_method_save ?? "disabled",
    payment_method_save_allow_redisplay_override: given.payment_method_save_allow_redisplay_override ?? null,
  };
}

const createParams = hash({ components: componentParams, customer: text, customer_account: unsupported }, [
  "components",
]);
const create = route("POST", url, createParams, ({ tx, params }) => {
  const { components, customer } = params;
  if (!customer) throw invalid("Missing required param: customer.", "parameter_missing", "customer");
  tx.need("customers", customer, "customer");
  if (!Object.values(components).some((component) => component?.enabled)) {
    throw invalid("At least one component must be enabled.", undefined, "components");
  }
  const secret = `cuss_secret_${randomText(40)}`;
  tx.put("customer_sessions", {
    id: secret,
    object: "customer_session",
    client_secret: secret,
    components: shown(components),
    created: tx.now,
    customer,
    customer_account: null,
    expires_at: tx.now + lifetimeSeconds,
    livemode: false,
  });
  return tx.view("customer_sessions", secret);
});

export interface SessionCustomer {
  id: string;
  features: Shown["payment_element"]["features"];
  payment_methods: PaymentMethod[];
}

/** What the card form may show of the customer: only what the session's filters let through. */
export function customerOfSession(tx: Tx, secret: string): SessionCustomer {
  const session = tx.get("customer_sessions", secret);
  if (!session) throw missing("customer_session", secret.slice(0, 20), "customer_session_client_secret");
  if (session.expires_at <= tx.now) {
    throw invalid(
      "The customer session has expired. Create a new one.",
      "resource_missing",
      "customer_session_client_secret",
    );
  }
  const allowed = session.components?.payment_element.features ?? null;
  const filters = allowed?.payment_method_allow_redisplay_filters ?? [];
  const methods =
    allowed?.payment_method_redisplay === "enabled"
      ? tx.by("payment_methods", "customer", session.customer).reverse()
      : [];
  return {
    id: session.customer,
    features: allowed,
    payment_methods: methods
      .filter((method) => filters.includes(method.allow_redisplay ?? "unspecified"))
      .slice(0, allowed?.payment_method_redisplay_limit ?? undefined),
  };
}

const present: Presenter = (_read, row) => {
  const { id: _id, ...session } = row as CustomerSession;
  return session;
};

export const customerSessions: Resource = {
  routes: [create],
  presenters: { customer_sessions: present },
  expansions: { customer_session: { customer: ref("customers") } },
};
