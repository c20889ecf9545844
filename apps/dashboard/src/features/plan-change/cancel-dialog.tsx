import type { CancelSubscriptionInput, SubscriptionView } from "@farebox/billing";
import { cancelReasons } from "@farebox/billing/schemas";
import { Banner } from "@farebox/ui/banner";
import { Button } from "@farebox/ui/button";
import { Dialog } from "@farebox/ui/dialog";
import { Field } from "@farebox/ui/field";
import { RadioCards } from "@farebox/ui/radio-cards";
import { Select } from "@farebox/ui/select";
import { Textarea } from "@farebox/ui/textarea";
import { toast } from "@farebox/ui/toast";
import { useState } from "react";
import { failureOf } from "../../lib/failure";
import { queries, trpc } from "../../lib/trpc";
import { useSay } from "../subscriptions/use-say";
import { Offers } from "./offers";

type Reason = (typeof cancelReasons)[number];
type When = CancelSubscriptionInput["when"];

const reasonText: Record<Reason, string> = {
  too_expensive: "It is too expensive",
  missing_features: "It lacks something I need",
  switched_service: "I use another service now",
  unused: "I do not use it enough",
  too_complex: "It is too complicated",
  low_quality: "It did not work well enough",
  customer_service: "The support was not good enough",
  other: "Another reason",
};

interface CancelDialogProps {
  current: SubscriptionView;
  features: readonly { id: string; name: string }[];
  onClose: () => void;
}

/** Keeping the plan stays the easy way out; leaving takes one question that may stay unanswered. */
export function CancelDialog({ current, features, onClose }: CancelDialogProps) {
  const say = useSay();
  const [operationId, setOperationId] = useState(() => crypto.randomUUID());
  const [when, setWhen] = useState<When>("period_end");
  const [reason, setReason] = useState<Reason | "">("");
  const [comment, setComment] = useState("");
  const cancel = trpc.subscriptions.cancel.useMutation({
    onSuccess(view) {
      queries.subscriptions.current.setData(undefined, view);
      onClose();
      toast.success(
        view?.cancelAt ? `${view.planName} ends on ${say.date(view.cancelAt)}` : "Your plan has ended",
      );
    },
    onError(error) {
      const { reason: refusal } = failureOf(error);
      if (refusal !== null && refusal !== "outcome_unknown") setOperationId(crypto.randomUUID());
      void queries.subscriptions.current.invalidate();
    },
  });
  const { planName, currentPeriodEnd } = current;
  const until = currentPeriodEnd ? say.date(currentPeriodEnd) : null;
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      locked={cancel.isPending}
      title={`Cancel ${planName}?`}
      description={lossText(planName, features)}
      footer={
        <>
          <Button
            variant="danger"
            pending={cancel.isPending}
            onClick={() =>
              cancel.mutate({ operationId, when, reason: reason || null, comment: comment.trim() || null })
            }
          >
            {when === "now" || !until ? "Cancel now" : `Cancel on ${until}`}
          </Button>
          <Button variant="primary" onClick={onClose} disabled={cancel.isPending}>
            Keep {planName}
          </Button>
        </>
      }
    >
      <div className="grid gap-5">
        <Offers onClose={onClose} />
        <RadioCards
          legend="When"
          options={[
            {
              value: "period_end",
              title: until ? `On ${until}` : "At the end of the period",
              description: "You keep everything that is paid for. You can change your mind until then.",
            },
            {
              value: "now",
              title: "Now",
              description: "Everything stops at once. What is left of the period is not paid back.",
            },
          ]}
          value={when}
          onChange={setWhen}
        />
        <Field label="Why are you leaving?" optional>
          <Select value={reason} onChange={(event) => setReason(event.target.value as Reason | "")}>
            <option value="">Rather not say</option>
            {cancelReasons.map((word) => (
              <option key={word} value={word}>
                {reasonText[word]}
              </option>
            ))}
          </Select>
        </Field>
        <Field label="What could we have done better?" optional>
          <Textarea maxLength={1_000} value={comment} onChange={(event) => setComment(event.target.value)} />
        </Field>
        {cancel.error ? (
          <Banner role="alert" tone="danger" title="Your plan was not canceled">
            {failureOf(cancel.error).message}
          </Banner>
        ) : null}
      </div>
    </Dialog>
  );
}

function lossText(planName: string, features: readonly { name: string }[]): string {
  if (features.length === 0) return `Without ${planName} nothing more is charged.`;
  return `Without ${planName} you lose: ${features.map(({ name }) => name).join(", ")}.`;
}
