import type { Change, LiveNoun } from "@farebox/billing";
import { useEffect, useState } from "react";
import { queryClient, sessionQueryKey } from "../../lib/query-client";
import { queries, trpc } from "../../lib/trpc";
import { reconnectDelay } from "./reconnect-delay";

const refetch: Record<LiveNoun, () => Promise<void>> = {
  customers: () => queries.session.invalidate(),
  subscriptions: () => queries.subscriptions.invalidate(),
  payment_methods: () => queries.subscriptions.invalidate(),
  invoices: () => queries.invoices.invalidate(),
  refunds: () => queries.invoices.invalidate(),
  payments: () => Promise.all([queries.payments.invalidate(), queries.invoices.invalidate()]).then(() => {}),
};

const refetchChanged = ({ nouns }: Change) => Promise.all(nouns.map((noun) => refetch[noun]()));

/**
 * Keeps what is on screen true. Data stays in place while it is fetched again, so nothing flashes or loses focus.
 * What was loaded before a connection stands is asked for again, since changes may have been missed.
 */
export function useLiveChanges({ enabled }: { enabled: boolean }): { lost: boolean } {
  const [failures, setFailures] = useState(0);
  const live = trpc.live.changes.useSubscription(undefined, {
    enabled,
    onStarted() {
      void queryClient.invalidateQueries({ predicate: ({ state }) => state.data !== undefined });
      setFailures(0);
    },
    onData: ({ data }) => void refetchChanged(data),
    onError() {
      setFailures((count) => count + 1);
      void queryClient.invalidateQueries({ queryKey: sessionQueryKey });
    },
  });

  const { reset } = live;
  useEffect(() => {
    if (!enabled || failures === 0) return;
    const timer = setTimeout(reset, reconnectDelay(failures, Math.random()));
    return () => clearTimeout(timer);
  }, [enabled, failures, reset]);

  return { lost: failures > 1 };
}
