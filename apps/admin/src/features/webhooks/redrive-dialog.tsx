import type { StuckObjectView } from "@farebox/billing";
import { toast } from "@farebox/ui/toast";
import { trpc } from "../../lib/trpc";
import { wordsOf } from "../../lib/words";
import { ReasonDialog } from "../console/reason-dialog";

interface RedriveDialogProps {
  /** Null: all that were given up, for `deadReason` if there is one. */
  object: StuckObjectView | null;
  deadReason: string | undefined;
  count: number;
  onClose: () => void;
}

const atMost = 500;

export function RedriveDialog({ object, deadReason, count, onClose }: RedriveDialogProps) {
  const utils = trpc.useUtils();
  const done = {
    onSuccess: ({ revived }: { revived: number }) => {
      toast.success(`${revived} ${revived === 1 ? "object is" : "objects are"} tried again now`);
      void utils.webhooks.invalidate();
      onClose();
    },
  };
  const one = trpc.webhooks.redrive.useMutation(done);
  const all = trpc.webhooks.redriveMatching.useMutation(done);
  const { isPending, error } = object ? one : all;

  function confirm(reason: string) {
    if (!object) return all.mutate({ deadReason, limit: atMost, reason });
    const { accountId, objectType, objectId } = object;
    one.mutate({ accountId, objectType, objectId, reason });
  }
  return (
    <ReasonDialog
      title={object ? `Try ${object.objectId} again` : "Try all again"}
      description={
        object
          ? "It is read from Stripe once more, now. If it fails as before, it comes back here."
          : `Up to ${atMost} objects${deadReason ? ` given up for "${wordsOf(deadReason)}"` : ""}, the oldest first. Mend the cause before: what fails as before comes back here.`
      }
      confirm={object ? "Try again now" : count === 1 ? "Try 1 object again" : `Try ${count} objects again`}
      pending={isPending}
      error={error}
      onConfirm={confirm}
      onClose={onClose}
    />
  );
}
