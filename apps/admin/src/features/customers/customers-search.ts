import { choiceParam, textParam } from "../../lib/search-string";

/** Subscription statuses to filter by, in the order of their chips. */
export const statusFilters = [
  "active",
  "trialing",
  "past_due",
  "incomplete",
  "paused",
  "unpaid",
  "canceled",
  "none",
] as const;
export type StatusFilter = (typeof statusFilters)[number];

export interface CustomersSearch {
  search?: string;
  status?: StatusFilter;
  cursor?: string;
}

export function customersSearch(params: Record<string, unknown>): CustomersSearch {
  return {
    search: textParam(params.search),
    status: choiceParam(params.status, statusFilters),
    cursor: textParam(params.cursor),
  };
}
