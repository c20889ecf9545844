import type { InvoiceDetail } from "@farebox/billing";
import { useEffect, useRef, useState } from "react";
import { addChange, concerns, emptyScope, type LiveScope } from "../../lib/live-scope";
import { trpc } from "../../lib/trpc";
import type { CustomerDetail } from "../../lib/views";

export type LiveState = "connected" | "waiting" | "interrupted";

const settleMs = 150;
const pauseMs = 1_000;
const patienceMs = 4_000;

/** Refetches what a committed change touches. A burst of changes is one round; a lost connection refetches all. */
export function useLiveChanges(enabled: boolean): LiveState {
  const refetch = useRefetchScope();
  const gathered = useRef(emptyScope());
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const lastRun = useRef(0);
  const connectedBefore = useRef(false);

  function schedule() {
    if (timer.current !== undefined) return;
    const wait = Math.max(settleMs, lastRun.current + pauseMs - Date.now());
    timer.current = setTimeout(() => {
      timer.current = undefined;
      lastRun.current = Date.now();
      refetch(gathered.current);
      gathered.current = emptyScope();
    }, wait);
  }

  const { status } = trpc.live.changes.useSubscription(undefined, {
    enabled,
    onStarted: () => {
      if (connectedBefore.current) gathered.current.everyone = true;
      if (connectedBefore.current) schedule();
      connectedBefore.current = true;
    },
    onData: ({ data }) => {
      addChange(gathered.current, data);
      schedule();
    },
  });
  useEffect(() => () => clearTimeout(timer.current), []);
  return useInterruption(enabled && status !== "pending");
}

function useRefetchScope() {
  const utils = trpc.useUtils();
  return (scope: LiveScope) => {
    void utils.customers.list.invalidate();
    void utils.customers.get.invalidate(undefined, {
      predicate: ({ state }) => concerns(scope, (state.data as CustomerDetail | undefined)?.id),
    });
    void utils.invoices.get.invalidate(undefined, {
      predicate: ({ state }) => concerns(scope, (state.data as InvoiceDetail | undefined)?.customer.id),
    });
  };
}

/** A connection that comes back within a few seconds is not worth a word. */
function useInterruption(down: boolean): LiveState {
  const [long, setLong] = useState(false);
  useEffect(() => {
    if (!down) {
      setLong(false);
      return;
    }
    const patience = setTimeout(() => setLong(true), patienceMs);
    return () => clearTimeout(patience);
  }, [down]);
  if (!down) return "connected";
  return long ? "interrupted" : "waiting";
}
