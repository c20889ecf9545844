import type { SubscriptionView } from "@farebox/billing";
import { Banner } from "@farebox/ui/banner";
import { Button } from "@farebox/ui/button";
import { toast } from "@farebox/ui/toast";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { failureOf } from "../../lib/failure";
import { queries, trpc } from "../../lib/trpc";
import { perInterval } from "../subscriptions/plan-sentence";
import { hasEnded } from "../subscriptions/rules";
import { useSay } from "../subscriptions/use-say";

/** What is under way with the plan, each with its way back. */
export function PlanNotices({ current, mayChange }: { current: SubscriptionView; mayChange: boolean }) {
  const say = useSay();
  const { scheduledChange, pendingChange, cancelAt, paused, planName } = current;
  if (hasEnded(current)) return null;
  return (
    <div className="mb-6 grid gap-3 empty:hidden">
      {pendingChange ? (
        <Banner
          tone="warning"
          title={`The change to ${pendingChange.planName} waits for its payment`}
          action={mayChange ? <FinishOrDrop /> : null}
        >
          You are on {planName} until it is paid. Without the payment the change is forgotten.
        </Banner>
      ) : null}
      {scheduledChange ? (
        <Banner
          title={`${scheduledChange.planName} ${perInterval(scheduledChange.interval)} from ${say.date(scheduledChange.at)}`}
          action={mayChange ? <Undo verb="undoScheduledChange" label="Undo the change" /> : null}
        >
          You keep {planName} until then.
        </Banner>
      ) : null}
      {cancelAt ? (
        <Banner
          tone="warning"
          title={`${planName} ends on ${say.date(cancelAt)}`}
          action={mayChange ? <Undo verb="undoCancellation" label="Keep my plan" /> : null}
        >
          You keep everything until then, and nothing more is charged.
        </Banner>
      ) : null}
      {paused ? (
        <Banner
          title={
            paused.until ? `${planName} is paused until ${say.date(paused.until)}` : `${planName} is paused`
          }
          action={mayChange ? <Undo verb="resume" label="Resume now" /> : null}
        >
          Nothing is charged until then.
        </Banner>
      ) : null}
    </div>
  );
}

const done = {
  undoScheduledChange: "The change was taken back",
  undoCancellation: "Your plan goes on",
  resume: "Your plan is running again",
  dropPendingChange: "The change was dropped",
};

export function Undo({ verb, label }: { verb: keyof typeof done; label: string }) {
  const [operationId, setOperationId] = useState(() => crypto.randomUUID());
  const undo = trpc.subscriptions[verb].useMutation({
    onSuccess(view) {
      queries.subscriptions.current.setData(undefined, view);
      toast.success(done[verb]);
    },
    onError(error) {
      const { message, reason } = failureOf(error);
      if (reason !== null && reason !== "outcome_unknown") setOperationId(crypto.randomUUID());
      void queries.subscriptions.current.invalidate();
      toast.error("This was not changed", { description: message });
    },
  });
  return (
    <Button size="sm" pending={undo.isPending} onClick={() => undo.mutate({ operationId })}>
      {label}
    </Button>
  );
}

function FinishOrDrop() {
  return (
    <div className="flex flex-wrap gap-2">
      <Undo verb="dropPendingChange" label="Drop the change" />
      <Button asChild size="sm" variant="primary">
        <Link to="/plans/finish">Finish the payment</Link>
      </Button>
    </div>
  );
}
