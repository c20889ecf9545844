import type { Delivery } from "../tables";

/** One attempt, as it can be asked for. */
export interface DeliveryRecord {
  delivery: string;
  event: string;
  type: string;
  endpoint: string;
  url: string;
  attempt: number;
  at: number;
  durationMs: number;
  status: number | null;
  error: string | null;
  /** What was sent, and the beginning of what came back. */
  body: string;
  answer: string;
}

type Outcome = Pick<DeliveryRecord, "at" | "durationMs" | "status" | "error" | "body" | "answer">;

const remembered = 5000;

export function createRecords() {
  let records: DeliveryRecord[] = [];
  return {
    add({ id, event, type, endpoint, attempts }: Delivery, url: string, outcome: Outcome): void {
      records.push({ delivery: id, event, type, endpoint, url, attempt: attempts + 1, ...outcome });
      if (records.length > remembered) records = records.slice(remembered / 10);
    },
    all: () => [...records],
    clear() {
      records = [];
    },
  };
}
