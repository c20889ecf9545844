import type { Change, LiveNoun } from "@farebox/billing";
import type { Query } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { queryClient, sessionQueryKey } from "../../lib/query-client";
import { queries, trpc } from "../../lib/trpc";
import { reconnectDelay } from "./reconnect-delay";

const noticeAfterMs = 5_000;

const all = async (...nouns: { invalidate(): Promise<void> }[]) => {
  await Promise.all(nouns.map((noun) => noun.invalidate()));
};

const refetch: Record<LiveNoun, () => Promise<void>> = {
  customers: () => all(queries.session, queries.billingDetails),
  members: () => all(queries.members, queries.invitations, queries.session),
  subscriptions: () => all(queries.subscriptions, queries.paymentMethods),
  payment_methods: () => all(queries.subscriptions, queries.paymentMethods),
  invoices: () => all(queries.invoices, queries.paymentMethods),
  refunds: () => queries.invoices.invalidate(),
  disputes: () => queries.payments.invalidate(),
  payments: () => all(queries.payments, queries.invoices),
  credits: () => queries.invoices.invalidate(),
};

const refetchChanged = ({ nouns }: Change) => Promise.all(nouns.map((noun) => refetch[noun]()));

// An opened purchase and Stripe.js are kept under keys of their own and do not change behind the page's back.
const isLoadedFromApi = ({ queryKey, state }: Query) =>
  Array.isArray(queryKey[0]) && state.data !== undefined;

/**
 * Keeps what is on screen true. Data stays in place while it is fetched again, so nothing flashes or loses focus.
 * What was loaded before a connection stands is asked for again, since changes may have been missed.
 */
export function useLiveChanges({ enabled }: { enabled: boolean }): { lost: boolean } {
  const [failures, setFailures] = useState(0);
  const live = trpc.live.changes.useSubscription(undefined, {
    enabled,
    onStarted() {
      void queryClient.invalidateQueries({ predicate: isLoadedFromApi });
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

  return { lost: useLasting(enabled && live.status !== "pending") };
}

/** True once something has been so for a while: a reconnect of a second is nobody's business. */
function useLasting(is: boolean): boolean {
  const [lasting, setLasting] = useState(false);
  useEffect(() => {
    if (!is) return;
    const timer = setTimeout(() => setLasting(true), noticeAfterMs);
    return () => {
      clearTimeout(timer);
      setLasting(false);
    };
  }, [is]);
  return lasting;
}
