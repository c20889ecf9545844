import type { SentInvitation } from "@farebox/billing";
import { Button } from "@farebox/ui/button";
import { CopyButton } from "@farebox/ui/copy-button";
import { useDateText } from "@farebox/ui/date-time";
import { Dialog } from "@farebox/ui/dialog";
import { Field } from "@farebox/ui/field";
import { Input } from "@farebox/ui/input";
import { invitationLink } from "./roles";

interface LinkToHandOnProps {
  sent: SentInvitation;
  onClose: () => void;
}

/** The one moment in which the link is known. */
export function LinkToHandOn({ sent, onClose }: LinkToHandOnProps) {
  const dateText = useDateText();
  const link = invitationLink(sent.token, window.location.origin);
  const { email, expiresAt } = sent.invitation;
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={`${email} is invited`}
      description={`Hand them this link. It works once, until ${dateText(expiresAt, "date")}, and is not shown again.`}
      footer={
        <Button variant="primary" onClick={onClose}>
          Done
        </Button>
      }
    >
      <div className="flex items-end gap-2">
        <Field label="Invitation link" className="min-w-0 flex-1">
          <Input readOnly value={link} onFocus={(event) => event.currentTarget.select()} />
        </Field>
        <CopyButton text={link} label="Copy the invitation link" />
      </div>
    </Dialog>
  );
}
