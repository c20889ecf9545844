import { RadioCards } from "@farebox/ui/radio-cards";
import { toast } from "@farebox/ui/toast";
import { useState } from "react";
import { trpc } from "../../lib/trpc";
import { ReasonDialog } from "../console/reason-dialog";

const kinds = [
  {
    value: "sweep",
    title: "Compare and repair",
    description:
      "Reads everything at Stripe and makes our copies equal. Each repair stands in the audit log.",
  },
  {
    value: "look",
    title: "Compare only",
    description: "The same, but it only lists what differs. You repair one by one.",
  },
  {
    value: "backfill",
    title: "Backfill",
    description:
      "Fetches what is not here at all, for an account with a history. What is here stays as it is.",
  },
] as const;

type Kind = (typeof kinds)[number]["value"];

const buttons: Record<Kind, string> = {
  sweep: "Compare and repair now",
  look: "Compare now",
  backfill: "Start the backfill",
};

export function StartRunDialog({ onClose }: { onClose: () => void }) {
  const [kind, setKind] = useState<Kind>("sweep");
  const utils = trpc.useUtils();
  const start = trpc.reconciliation.start.useMutation({
    onSuccess: () => {
      toast.success("A worker begins within ten seconds");
      void utils.reconciliation.runs.invalidate();
      onClose();
    },
  });
  return (
    <ReasonDialog
      title="Compare with Stripe"
      description="It reads slowly enough that events and people go first. On a large account it takes hours."
      confirm={buttons[kind]}
      pending={start.isPending}
      error={start.error}
      onConfirm={(reason) =>
        start.mutate({
          kind: kind === "backfill" ? "backfill" : "sweep",
          repairs: kind !== "look",
          reason,
        })
      }
      onClose={onClose}
    >
      <RadioCards legend="What to do" legendHidden options={kinds} value={kind} onChange={setKind} />
    </ReasonDialog>
  );
}
