import { toast } from "@farebox/ui/toast";
import { failureOf } from "../../lib/failure";
import { trpc } from "../../lib/trpc";

export type Repair = ReturnType<typeof useRepair>;

/** Reads one object again and makes our copy equal. It changes nothing at Stripe, so it is not asked for twice. */
export function useRepair() {
  const utils = trpc.useUtils();
  const { mutate, isPending, variables } = trpc.reconciliation.repair.useMutation({
    onSuccess: ({ repaired }) => {
      if (repaired) toast.success("Our copy now equals Stripe");
      else
        toast.warning("It could not be repaired", {
          description:
            "Stripe does not know this object, and other things here hang on it. Look at it by hand.",
        });
      void utils.reconciliation.invalidate();
    },
    onError: (error) => toast.error("It was not repaired", { description: failureOf(error).message }),
  });
  return {
    repair: (driftId: string) => mutate({ driftId, reason: "Repaired from the drift report" }),
    repairing: isPending ? variables.driftId : null,
  };
}
