import { choiceParam, textParam } from "../../lib/search-string";

export const customerTabs = ["overview", "invoices", "payments", "timeline"] as const;
export type CustomerTab = (typeof customerTabs)[number];

export interface CustomerSearch {
  /** Absent means overview, so that the short address is the usual one. */
  tab?: CustomerTab;
  /** The payment whose side sheet is open. */
  payment?: string;
}

export function customerSearch(params: Record<string, unknown>): CustomerSearch {
  const tab = choiceParam(params.tab, customerTabs);
  return {
    tab: tab === "overview" ? undefined : tab,
    payment: tab === "payments" ? textParam(params.payment) : undefined,
  };
}
