import type { QuoteChangeInput } from "@farebox/billing";
import { Banner } from "@farebox/ui/banner";
import { Button } from "@farebox/ui/button";
import { Dialog } from "@farebox/ui/dialog";
import { ErrorState } from "@farebox/ui/error-state";
import { Skeleton, Skeletons } from "@farebox/ui/skeleton";
import { toast } from "@farebox/ui/toast";
import { useNavigate } from "@tanstack/react-router";
import { failureOf } from "../../lib/failure";
import { trpc } from "../../lib/trpc";
import { useSay } from "../subscriptions/use-say";
import { confirmLabel } from "./quote-text";
import { QuoteView } from "./quote-view";
import { type ChangeEnd, useChange } from "./use-change";

interface ChangePlanDialogProps {
  target: QuoteChangeInput;
  planName: string;
  onClose: () => void;
}

export function ChangePlanDialog({ target, planName, onClose }: ChangePlanDialogProps) {
  const say = useSay();
  const navigate = useNavigate();
  const config = trpc.config.get.useQuery();
  const { quote, failed, phase, problem, refresh, confirm } = useChange(target, config.data, (end, quote) => {
    onClose();
    if (end === "needs_card") return void navigate({ to: "/plans/finish" });
    toast.success(endText(end, planName), {
      description:
        end === "scheduled" && quote.effectiveAt ? `From ${say.date(quote.effectiveAt)}.` : undefined,
    });
  });
  const busy = phase !== "quote";
  return (
    <Dialog
      // The bank's window lies outside of this one, and must be reachable.
      open={phase !== "bank"}
      onOpenChange={(open) => (open ? undefined : onClose())}
      locked={busy}
      title={`Change to ${planName}`}
      description="Exactly these amounts are charged, or nothing. They hold for 15 minutes."
      footer={
        failed ? undefined : (
          <>
            <Button onClick={onClose} disabled={busy}>
              Keep my plan
            </Button>
            <Button variant="primary" pending={busy} disabled={!quote} onClick={() => void confirm()}>
              {phase === "settling" ? "Waiting for your bank" : quote ? confirmLabel(quote, say) : "Change"}
            </Button>
          </>
        )
      }
    >
      <div className="grid gap-4">
        {problem ? (
          <Banner role="alert" tone="warning" title={problem.title}>
            {problem.text}
          </Banner>
        ) : null}
        {failed ? <QuoteFailure error={failed} retry={refresh} /> : null}
        {quote ? <QuoteView quote={quote} /> : failed ? null : <QuoteSkeleton />}
      </div>
    </Dialog>
  );
}

const endText = (end: ChangeEnd, planName: string) =>
  end === "scheduled" ? `Your change to ${planName} is scheduled` : `You are on ${planName} now`;

function QuoteFailure({ error, retry }: { error: unknown; retry: () => void }) {
  const { message, requestId } = failureOf(error);
  return (
    <ErrorState
      title="This change is not possible now."
      unchanged="Your plan is the same and nothing was charged."
      next={message}
      requestId={requestId ?? undefined}
      onRetry={retry}
      className="py-4"
    />
  );
}

function QuoteSkeleton() {
  return (
    <Skeletons label="Asking what this costs" className="grid gap-3">
      <Skeleton className="h-10" />
      <Skeleton className="h-24" />
      <Skeleton className="h-24" />
    </Skeletons>
  );
}
