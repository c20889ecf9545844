import { newId } from "../../ids";
import type { ActiveEntitlement, Subscription } from "../../tables";
import type { OpenTx, Tx } from "../../transaction";
import { wireList } from "../../wire";

export const activeUrl = "/v1/entitlements/active_entitlements";
const shownInEvents = 10;

/** Trials count. Stripe does not say whether a late payment takes features away; here it does not. */
function grantsFeatures(status: string): boolean {
  return ["active", "trialing", "past_due"].includes(status);
}

/** After any change of subscriptions: what their customers may use. */
export function deriveEntitlements(tx: OpenTx): void {
  const customers = new Set<string>();
  for (const [table, id] of tx.changes()) {
    if (table !== "subscriptions") continue;
    const after = tx.get("subscriptions", id);
    const before = tx.before("subscriptions", id) as Subscription | undefined;
    if (!after || signatureOf(before) === signatureOf(after)) continue;
    grant(tx, after);
    customers.add(after.customer);
  }
  for (const customer of customers) follow(tx, customer);
}

/** Changes of a product's features reach a subscription when one of these changes. */
function signatureOf(subscription: Subscription | undefined): string {
  if (!subscription || !grantsFeatures(subscription.status)) return "";
  return subscription.items.data.map((item) => `${item.price.product} ${item.current_period_start}`).join();
}

function grant(tx: Tx, subscription: Subscription): void {
  const { id, customer } = subscription;
  if (!grantsFeatures(subscription.status)) {
    tx.remove("feature_grants", id);
    return;
  }
  const products = new Set(subscription.items.data.map((item) => String(item.price.product)));
  const features = [...products].flatMap((product) =>
    tx.by("product_features", "product", product).map((row) => row.feature),
  );
  tx.put("feature_grants", { id, customer, features: [...new Set(features)] });
}

function follow(tx: Tx, customer: string): void {
  const wanted = new Set(tx.by("feature_grants", "customer", customer).flatMap((row) => row.features));
  const current = tx.by("active_entitlements", "customer", customer);
  const previous = summaryOf(tx, customer);
  const lost = current.filter((row) => !wanted.has(row.feature));
  const gained = [...wanted].filter((feature) => !current.some((row) => row.feature === feature));
  if (lost.length === 0 && gained.length === 0) return;
  for (const { id } of lost) tx.remove("active_entitlements", id);
  for (const id of gained) {
    const feature = tx.need("features", id);
    tx.put("active_entitlements", {
      id: newId("ent_test"),
      object: "entitlements.active_entitlement",
      customer,
      feature: id,
      livemode: false,
      lookup_key: feature.lookup_key,
    });
  }
  tx.emit(
    "entitlements.active_entitlement_summary.updated",
    "customers",
    customer,
    () => summaryOf(tx, customer),
    { entitlements: previous.entitlements },
  );
}

export function presentEntitlement(row: ActiveEntitlement & { customer: string }): ActiveEntitlement {
  const { customer: _customer, ...shown } = row;
  return shown;
}

function summaryOf(tx: Tx, customer: string) {
  const rows = tx.by("active_entitlements", "customer", customer).reverse();
  const data = rows.slice(0, shownInEvents).map(presentEntitlement);
  return {
    object: "entitlements.active_entitlement_summary",
    customer,
    entitlements: wireList(activeUrl, data, rows.length > shownInEvents),
    livemode: false,
  };
}
