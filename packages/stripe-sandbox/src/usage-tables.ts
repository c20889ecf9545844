import type Stripe from "stripe";
import type { Wire } from "./wire";

export type Meter = Wire<Stripe.Billing.Meter>;

export interface MeterReport {
  event_name: string;
  payload: Record<string, string>;
  identifier?: string;
  timestamp?: number;
}

/** One report of usage. `series` joins the meter and the customer. */
export interface MeterEventRow {
  id: string;
  series: string;
  meter: string;
  customer: string;
  identifier: string;
  value: string;
  timestamp: number;
  received: number;
  canceled: boolean;
}

export interface UsageTables {
  meters: Meter;
  meter_events: MeterEventRow;
  meter_sessions: { id: string; expires: number };
  /** Taken from the stream and not checked yet. */
  meter_batches: { id: string; received: number; events: MeterReport[] };
}

export const usageIndexes: { [Name in keyof UsageTables]: string[] } = {
  meters: ["event_name"],
  meter_events: ["series", "identifier"],
  meter_sessions: [],
  meter_batches: [],
};
