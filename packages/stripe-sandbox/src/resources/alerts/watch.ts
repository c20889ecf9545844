import { compare, decimalText, rational } from "../../engine/money";
import { aggregate } from "../../engine/usage";
import type { BillingAlert, Meter, MeterEventRow } from "../../tables";
import type { Tx } from "../../transaction";
import { seriesOf } from "../meters/report";

/** Usage is added up a moment after it was reported, so nobody's request causes the alert. */
export function watchAlerts(tx: Tx, { meter, customer }: Pick<MeterEventRow, "meter" | "customer">): void {
  for (const alert of tx.by("billing_alerts", "usage_threshold.meter", meter)) {
    const subject = `${alert.id}/${customer}`;
    const waits = tx.by("timers", "subject", subject).length > 0;
    if (!waits && concerns(alert, customer) && !tx.get("alert_triggers", subject))
      tx.soon("billing_alert.check", subject);
  }
}

function concerns({ status, usage_threshold: threshold }: BillingAlert, customer: string): boolean {
  const filters = threshold?.filters ?? [];
  return status === "active" && filters.every((filter) => filter.customer === customer);
}

/** It comes once for each customer. */
export function checkAlert(tx: Tx, subject: string): void {
  const [id = "", customer = ""] = subject.split("/");
  const alert = tx.get("billing_alerts", id);
  const meter = tx.get("meters", alert?.usage_threshold?.meter ?? "");
  if (!alert?.usage_threshold || !meter || !concerns(alert, customer)) return;
  const used = usageFor(tx, meter, customer);
  if (tx.get("alert_triggers", subject) || compare(used, rational(alert.usage_threshold.gte)) < 0) return;
  tx.put("alert_triggers", {
    id: subject,
    alert: id,
    created: tx.now,
    customer,
    value: Number(decimalText(used)),
  });
  tx.emit("billing.alert.triggered", "alert_triggers", subject);
}

/** Stripe does not say since when; here everything that the customer ever used counts. */
function usageFor(tx: Tx, meter: Meter, customer: string) {
  const reports = tx
    .by("meter_events", "series", seriesOf(meter.id, customer))
    .filter(({ canceled }) => !canceled);
  return aggregate(meter.default_aggregation.formula, reports);
}
