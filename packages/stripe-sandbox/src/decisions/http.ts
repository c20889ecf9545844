/** What is missing is 404 in the path and 400 in a parameter. */
export function statusOfMissing(named: "in a parameter" | "in the path"): number {
  return named === "in a parameter" ? 400 : 404;
}

/** `invoice_upcoming_none` says that something does not exist. */
export function statusOfNothingComing(): number {
  return 404;
}

/** The header of an answer that was kept under its idempotency key. */
export function replayHeader(): string {
  return "idempotent-replayed";
}

/** The code of a meter event whose identifier was used already. */
export function duplicateUsageCode(): string {
  return "duplicate_meter_event";
}
