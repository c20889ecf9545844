import { Banner } from "@farebox/ui/banner";
import { Button } from "@farebox/ui/button";
import { Dialog } from "@farebox/ui/dialog";
import { Field } from "@farebox/ui/field";
import { Textarea } from "@farebox/ui/textarea";
import { type FormEvent, type ReactNode, useId, useState } from "react";
import { failureOf } from "../../lib/failure";

interface ReasonDialogProps {
  title: string;
  /** The consequence, before the button. */
  description: ReactNode;
  /** What the button does, with its number. */
  confirm: string;
  /** Keeps the button from being pressed, for as long as nothing can be confirmed. */
  blocked?: boolean;
  pending: boolean;
  error: unknown;
  onConfirm: (reason: string) => void;
  onClose: () => void;
  className?: string;
  /** What is about to happen, above the reason. */
  children?: ReactNode;
}

const shortest = 3;

/** Asks why, for the audit log. Mounted when it opens. */
export function ReasonDialog(props: ReasonDialogProps) {
  const { title, description, confirm, blocked, pending, error, onConfirm, onClose, className } = props;
  const formId = useId();
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const short = reason.trim().length < shortest;

  function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (!short && !blocked && !pending) onConfirm(reason.trim());
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      locked={pending}
      title={title}
      description={description}
      className={className}
      footer={
        <>
          <Button onClick={onClose} disabled={pending}>
            Cancel
          </Button>
          <Button type="submit" form={formId} variant="primary" pending={pending} disabled={blocked}>
            {confirm}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} noValidate className="grid gap-4">
        {error ? <Banner tone="danger" role="alert" title={failureOf(error).message} /> : null}
        {props.children}
        <Field
          label="Reason"
          description="It stands in the audit log beside your name."
          error={tried && short ? "Say why, in a few words." : undefined}
        >
          <Textarea
            rows={2}
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </Field>
      </form>
    </Dialog>
  );
}
