import type { PlanView } from "@farebox/billing";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { failureOf, isTransient } from "../../lib/failure";
import { queries, trpcClient } from "../../lib/trpc";
import { closeOperation, openOperation, type Purchase } from "./operation-id";

type OpenPurchase = Purchase & { plan: PlanView["id"] };

/**
 * Opens the purchase at the API. It may be asked any number of times: the operation id makes every call the same
 * purchase, so a reload, a lost answer and a second tab all get the same client secret.
 */
export function useOpenPurchase(purchase: OpenPurchase) {
  const [operationId, setOperationId] = useState(() => openOperation(purchase));
  const { plan: planId, interval, currency, seats } = purchase;
  const opened = useQuery({
    queryKey: ["purchase", operationId],
    queryFn: () => trpcClient.subscriptions.create.mutate({ operationId, planId, interval, currency, seats }),
    staleTime: Number.POSITIVE_INFINITY,
    retry: (failures, error) => failures < 3 && isTransient(error),
  });

  const reason = opened.error ? failureOf(opened.error).reason : null;
  useEffect(() => {
    if (reason === "already_subscribed") void queries.subscriptions.current.invalidate();
    if (reason === "currency_locked") void queries.session.get.invalidate();
  }, [reason]);

  function startOver() {
    closeOperation(purchase);
    setOperationId(openOperation(purchase));
  }
  return { opened, startOver };
}
