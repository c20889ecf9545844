import type { Change } from "@farebox/billing";

/** Changes gathered since the last refetch, so that a burst of webhooks is one round of queries. */
export interface LiveScope {
  everyone: boolean;
  customerIds: Set<string>;
}

export const emptyScope = (): LiveScope => ({ everyone: false, customerIds: new Set() });

export function addChange(scope: LiveScope, change: Change): void {
  if (change.customerId === "*") scope.everyone = true;
  else scope.customerIds.add(change.customerId);
}

export const concerns = (scope: LiveScope, customerId: string | undefined) =>
  scope.everyone || (customerId !== undefined && scope.customerIds.has(customerId));
