import { type Child, h } from "./dom";

/** Where the object with this id is shown. */
const tables: Record<string, string> = {
  cus: "customers",
  prod: "products",
  price: "prices",
  pm: "payment_methods",
  seti: "setup_intents",
  pi: "payment_intents",
  ch: "charges",
  re: "refunds",
  txn: "balance_transactions",
  sub: "subscriptions",
  sub_sched: "subscription_schedules",
  in: "invoices",
  ii: "invoice_items",
  il: "invoice_lines",
  inpay: "invoice_payments",
  cn: "credit_notes",
  dp: "disputes",
  clock: "test_clocks",
  we: "webhook_endpoints",
  ed_test: "event_destinations",
};

/** JSON as text, in which an id leads to its object. */
export function jsonView(value: unknown, label: string): HTMLElement {
  const text = typeof value === "string" ? value : JSON.stringify(value, null, 2);
  const parts: Child[] = text.split(/("[a-z_]{2,10}_[A-Za-z0-9_]+")/).map((part) => {
    const href = hrefOf(part.slice(1, -1));
    return href && part.startsWith('"') ? h("a", { href }, part) : part;
  });
  return h("pre", { tabindex: "0", role: "region", "aria-label": label }, ...parts);
}

function hrefOf(id: string): string | undefined {
  const prefix = id.slice(0, id.lastIndexOf("_"));
  if (prefix === "evt") return `#/events/${id}`;
  return Object.hasOwn(tables, prefix) ? `#/objects/${tables[prefix]}/${id}` : undefined;
}
