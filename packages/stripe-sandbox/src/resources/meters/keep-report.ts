import type { MeterEventRow } from "../../tables";
import type { Tx } from "../../transaction";
import { watchAlerts } from "../alerts/watch";
import { watchThresholds } from "../subscriptions/thresholds";
import { refreshDrafts } from "../subscriptions/usage-line";

export function keepReport(tx: Tx, row: MeterEventRow): MeterEventRow {
  tx.put("meter_events", row);
  refreshDrafts(tx, row.customer);
  watchThresholds(tx, row.customer);
  watchAlerts(tx, row);
  return row;
}
