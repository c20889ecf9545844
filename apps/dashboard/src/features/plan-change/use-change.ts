import type { BrowserConfig, ChangedPlan, ChangeQuote, QuoteChangeInput } from "@farebox/billing";
import { useState } from "react";
import { detailsOf, failureOf } from "../../lib/failure";
import { queries, trpc, trpcClient } from "../../lib/trpc";
import { finishChallenge } from "../payments/confirm-intent";
import { openStripe } from "../payments/load-stripe";

export type Phase = "quote" | "confirming" | "bank" | "settling";

export interface ChangeProblem {
  title: string;
  text: string;
  requestId?: string;
}

export type ChangeEnd = "changed" | "scheduled" | "needs_card";

interface UseChange {
  quote: ChangeQuote | undefined;
  failed: unknown;
  phase: Phase;
  problem: ChangeProblem | null;
  refresh: () => void;
  confirm: () => Promise<void>;
}

/** From the quote to the changed plan. A quote is accepted once: after a refusal the next try has a new one. */
export function useChange(
  input: QuoteChangeInput,
  config: BrowserConfig | undefined,
  onEnd: (end: ChangeEnd, quote: ChangeQuote) => void,
): UseChange {
  const quoted = trpc.subscriptions.quoteChange.useQuery(input, {
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  });
  const [phase, setPhase] = useState<Phase>("quote");
  const [problem, setProblem] = useState<ChangeProblem | null>(null);
  const quote = quoted.data;

  async function askAgain(next: ChangeProblem) {
    setProblem(next);
    setPhase("quote");
    await queries.subscriptions.quoteChange.reset(input);
  }

  async function refused(error: unknown, accepted: ChangeQuote) {
    const { reason, message, requestId } = failureOf(error);
    const fresh =
      reason === "quote_stale" ? (detailsOf(error) as { quote?: ChangeQuote } | null)?.quote : null;
    if (fresh) {
      queries.subscriptions.quoteChange.setData(input, fresh);
      setProblem({
        title: "The amounts have changed since you opened this",
        text: "Nothing was charged. These are the amounts now.",
      });
      setPhase("quote");
      return;
    }
    if (reason === "nothing_to_change") return onEnd("changed", accepted);
    const text = `${message} You are still on ${accepted.from.planName}, and nothing was charged.`;
    const unsure = reason === null || reason === "outcome_unknown" || reason === "internal";
    const told = unsure ? { title: message, text: "Pressing the button again will not charge twice." } : null;
    if (!told) return askAgain({ title: "The change was not made", text });
    setProblem({ ...told, ...(requestId ? { requestId } : {}) });
    setPhase("quote");
  }

  async function finish(answer: ChangedPlan, accepted: ChangeQuote) {
    if (answer.outcome !== "unpaid" || !answer.confirmation) {
      await queries.subscriptions.current.invalidate();
      return onEnd(answer.outcome === "scheduled" ? "scheduled" : "changed", accepted);
    }
    if (answer.confirmation.step === "pay" || !config) return onEnd("needs_card", accepted);
    setPhase("bank");
    const outcome = await finishChallenge(await openStripe(config), answer.confirmation.clientSecret);
    if (outcome.confirmed) {
      setPhase("settling");
      await untilChanged();
      return onEnd("changed", accepted);
    }
    await trpcClient.subscriptions.dropPendingChange.mutate({ operationId: crypto.randomUUID() });
    await queries.subscriptions.current.invalidate();
    const text = `${outcome.message} You are still on ${accepted.from.planName}, and nothing was charged.`;
    await askAgain({ title: "The change was not made", text });
  }

  async function confirm() {
    if (!quote || phase !== "quote") return;
    setProblem(null);
    setPhase("confirming");
    try {
      await finish(await trpcClient.subscriptions.changePlan.mutate({ quote: quote.quote }), quote);
    } catch (error) {
      await refused(error, quote);
    }
  }

  return {
    quote: quoted.isFetching && phase === "quote" ? undefined : quote,
    failed: quoted.error,
    phase,
    problem,
    refresh: () => void queries.subscriptions.quoteChange.reset(input),
    confirm,
  };
}

/** The bank's yes reaches us by webhook: what the database says is the truth. */
async function untilChanged(): Promise<void> {
  for (let tries = 0; tries < 40; tries++) {
    const current = await queries.subscriptions.current.fetch(undefined, { staleTime: 0 });
    if (!current?.pendingChange) return;
    await new Promise((done) => setTimeout(done, 500));
  }
}
