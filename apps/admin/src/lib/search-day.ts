const day = /^\d{4}-\d\d-\d\d$/;

/** A day in the address, absent when it is none. */
export function dayParam(value: unknown): string | undefined {
  if (typeof value !== "string" || !day.test(value)) return undefined;
  return Number.isNaN(startOf(value).getTime()) ? undefined : value;
}

/** Midnight in the zone of whoever looks. */
export const startOfDay = (value: string): string => startOf(value).toISOString();

export function endOfDay(value: string): string {
  const end = startOf(value);
  end.setDate(end.getDate() + 1);
  return end.toISOString();
}

const startOf = (value: string) => new Date(`${value}T00:00:00`);
