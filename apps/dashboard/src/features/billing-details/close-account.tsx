import type { ClosingView } from "@farebox/billing";
import { Button } from "@farebox/ui/button";
import { Card, CardContent, CardHeader } from "@farebox/ui/card";
import { Checkbox } from "@farebox/ui/checkbox";
import { ConfirmDialog } from "@farebox/ui/confirm-dialog";
import { Field } from "@farebox/ui/field";
import { Input } from "@farebox/ui/input";
import { useFormatMoney } from "@farebox/ui/money";
import { useState } from "react";
import { failureOf } from "../../lib/failure";
import { trpc } from "../../lib/trpc";

export function CloseAccount() {
  const [open, setOpen] = useState(false);
  return (
    <Card>
      <CardHeader
        title="Close this account"
        description="Your plan ends at once, nothing is charged any more, and nobody can sign in to it."
      />
      <CardContent>
        <Button onClick={() => setOpen(true)}>Close the account</Button>
      </CardContent>
      {open ? <CloseDialog onClose={() => setOpen(false)} /> : null}
    </Card>
  );
}

function CloseDialog({ onClose }: { onClose: () => void }) {
  const preview = trpc.account.previewClose.useQuery(undefined, { staleTime: 0 });
  const close = trpc.account.close.useMutation();
  const [name, setName] = useState("");
  const [leaveUnpaid, setLeaveUnpaid] = useState(false);
  const view = preview.data;
  const hasUnpaid = (view?.unpaid.length ?? 0) > 0;
  const problem = close.error ?? preview.error;

  async function confirm() {
    try {
      await close.mutateAsync({ name, leaveUnpaid });
      window.location.assign("/sign-in");
    } catch {
      // Said in the dialog, which stays open: asking again goes on where it was cut off.
    }
  }

  return (
    <ConfirmDialog
      open
      onOpenChange={(next) => (next ? undefined : onClose())}
      title="Close the account for good?"
      description={<Consequences view={view} />}
      confirmLabel="Close the account"
      cancelLabel="Keep it"
      tone="danger"
      pending={close.isPending}
      disabled={!view || name.trim() !== view.name.trim() || (hasUnpaid && !leaveUnpaid)}
      error={problem ? failureOf(problem).message : undefined}
      onConfirm={() => void confirm()}
    >
      {hasUnpaid ? (
        <Checkbox
          label="Close it all the same. I pay what is open by the link of the invoice."
          checked={leaveUnpaid}
          onChange={(event) => setLeaveUnpaid(event.currentTarget.checked)}
        />
      ) : null}
      <Field label={`Type ${view?.name ?? "the name of the account"} to confirm`}>
        <Input autoComplete="off" value={name} onChange={(event) => setName(event.currentTarget.value)} />
      </Field>
    </ConfirmDialog>
  );
}

function Consequences({ view }: { view: ClosingView | undefined }) {
  const format = useFormatMoney();
  if (!view) return "We are looking up what would end.";
  const { plan, unpaid, members } = view;
  const sentences = [
    plan ? `Your ${plan.name} plan ends now; the time that is paid for is not returned.` : null,
    unpaid.length > 0
      ? `${unpaid.map(({ amount, currency }) => format(amount, currency)).join(" and ")} is not paid yet.`
      : null,
    members > 1 ? `All ${members} members lose access.` : "You lose access.",
    "Invoices are kept as the law asks.",
  ];
  return sentences.filter(Boolean).join(" ");
}
