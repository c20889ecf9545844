import type { BillingDetailsView, TaxIdView } from "@farebox/billing";
import { taxIdName } from "@farebox/billing/schemas/billing-details";
import { StatusBadge, type StatusMeanings } from "@farebox/ui/badge";
import { Button } from "@farebox/ui/button";
import { Card, CardContent, CardHeader } from "@farebox/ui/card";
import { ConfirmDialog } from "@farebox/ui/confirm-dialog";
import { toast } from "@farebox/ui/toast";
import { CircleCheck, CircleHelp, Clock, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { failureOf } from "../../lib/failure";
import { queries, trpc } from "../../lib/trpc";
import { useOperationId } from "../../lib/use-operation-id";
import { AddTaxId } from "./add-tax-id";

const meanings: StatusMeanings<TaxIdView["status"]> = {
  verified: { tone: "success", icon: CircleCheck, label: "Verified" },
  pending: { tone: "info", icon: Clock, label: "Being checked" },
  unverified: { tone: "warning", icon: TriangleAlert, label: "Not in the register" },
  unavailable: { tone: "neutral", icon: CircleHelp, label: "Not checked" },
};

const exemption: Record<string, string> = {
  exempt: "Your account is exempt from tax.",
  reverse: "Your invoices carry no tax: you account for it yourself (reverse charge).",
};

interface TaxIdsProps {
  view: BillingDetailsView;
  mayChange: boolean;
}

export function TaxIds({ view, mayChange }: TaxIdsProps) {
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<TaxIdView | null>(null);
  const { taxIds, taxExempt } = view;
  return (
    <Card>
      <CardHeader
        title="Tax numbers"
        description={exemption[taxExempt] ?? "A tax number of your company stands on your invoices."}
        actions={
          mayChange ? (
            <Button size="sm" onClick={() => setAdding(true)}>
              Add a tax number
            </Button>
          ) : null
        }
      />
      {taxIds.length > 0 ? (
        <ul className="divide-y border-t">
          {taxIds.map((taxId) => (
            <li key={taxId.id} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-6 py-3">
              <div className="min-w-40 flex-1">
                <p className="break-all font-medium tabular-nums">{taxId.value}</p>
                <p className="text-quiet text-sm">{taxIdName(taxId.kind)}</p>
              </div>
              <StatusBadge {...meanings[taxId.status]} />
              {mayChange ? (
                <Button size="sm" variant="ghost" onClick={() => setRemoving(taxId)}>
                  Remove<span className="sr-only"> {taxId.value}</span>
                </Button>
              ) : null}
            </li>
          ))}
        </ul>
      ) : (
        <CardContent>
          <p className="text-quiet text-sm">None yet.</p>
        </CardContent>
      )}
      <AddTaxId
        open={adding}
        country={view.address?.country ?? ""}
        key={adding ? "open" : "closed"}
        onClose={() => setAdding(false)}
      />
      <RemoveTaxId taxId={removing} onClose={() => setRemoving(null)} />
    </Card>
  );
}

function RemoveTaxId({ taxId, onClose }: { taxId: TaxIdView | null; onClose: () => void }) {
  const [operationId, nextOperation] = useOperationId();
  const remove = trpc.billingDetails.removeTaxId.useMutation();

  async function confirm() {
    if (!taxId) return;
    try {
      await remove.mutateAsync({ operationId, taxId: taxId.id });
      toast.success(`${taxId.value} was removed.`);
      onClose();
    } catch {
      // Said in the dialog, which stays open.
    } finally {
      nextOperation();
      void queries.billingDetails.invalidate();
    }
  }

  return (
    <ConfirmDialog
      open={taxId !== null}
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={`Remove ${taxId?.value ?? ""}?`}
      description="It does not stand on your next invoices any more. Tax may be added to them."
      confirmLabel="Remove the number"
      cancelLabel="Keep it"
      tone="danger"
      pending={remove.isPending}
      error={remove.error ? failureOf(remove.error).message : undefined}
      onConfirm={() => void confirm()}
    />
  );
}
