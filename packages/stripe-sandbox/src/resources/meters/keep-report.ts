import type { MeterEventRow } from "../../tables";
import type { Tx } from "../../transaction";
import { refreshDrafts } from "../subscriptions/usage-line";

export function keepReport(tx: Tx, row: MeterEventRow): MeterEventRow {
  tx.put("meter_events", row);
  refreshDrafts(tx, row.customer);
  return row;
}
