import type { MemberRole, SentInvitation } from "@farebox/billing";
import { Button } from "@farebox/ui/button";
import { Dialog } from "@farebox/ui/dialog";
import { Field } from "@farebox/ui/field";
import { Input } from "@farebox/ui/input";
import { RadioCards } from "@farebox/ui/radio-cards";
import { type FormEvent, useId, useState } from "react";
import { failureOf } from "../../lib/failure";
import { queries, trpc } from "../../lib/trpc";
import { LinkToHandOn } from "./link-to-hand-on";
import { roles } from "./roles";

const looksLikeEmail = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

export function InviteDialog({ onClose }: { onClose: () => void }) {
  const formId = useId();
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<MemberRole>("billing");
  const [problem, setProblem] = useState<string | null>(null);
  const [sent, setSent] = useState<SentInvitation | null>(null);
  const invite = trpc.invitations.create.useMutation();

  async function send(event: FormEvent) {
    event.preventDefault();
    if (invite.isPending) return;
    const wrong = looksLikeEmail.test(email.trim())
      ? null
      : "Enter an email address such as ana@example.com.";
    setProblem(wrong);
    if (wrong) return;
    try {
      setSent(await invite.mutateAsync({ email: email.trim(), role }));
    } catch (error) {
      setProblem(failureOf(error).message);
    } finally {
      void queries.invitations.invalidate();
    }
  }

  if (sent) return <LinkToHandOn sent={sent} onClose={onClose} />;
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      locked={invite.isPending}
      title="Invite somebody"
      description="They get a link that works once, for seven days."
      footer={
        <>
          <Button onClick={onClose} disabled={invite.isPending}>
            Cancel
          </Button>
          <Button type="submit" form={formId} variant="primary" pending={invite.isPending}>
            Make the invitation
          </Button>
        </>
      }
    >
      <form id={formId} noValidate onSubmit={(event) => void send(event)} className="grid gap-4">
        <Field label="Email" error={problem} required>
          <Input
            type="email"
            autoComplete="off"
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
        </Field>
        <RadioCards legend="What they may do" options={roles} value={role} onChange={setRole} />
      </form>
    </Dialog>
  );
}
