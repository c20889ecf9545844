import type { InvitationView, SentInvitation } from "@farebox/billing";
import { Badge, StatusBadge } from "@farebox/ui/badge";
import { Button } from "@farebox/ui/button";
import { Card, CardHeader } from "@farebox/ui/card";
import { DateTime } from "@farebox/ui/date-time";
import { toast } from "@farebox/ui/toast";
import { Clock } from "lucide-react";
import { useState } from "react";
import { failureOf } from "../../lib/failure";
import { queries, trpc } from "../../lib/trpc";
import { LinkToHandOn } from "./link-to-hand-on";
import { roleName } from "./roles";

/** Nothing where nobody is invited: the page says enough without it. */
export function PendingInvitations() {
  const pending = trpc.invitations.list.useQuery();
  const [sent, setSent] = useState<SentInvitation | null>(null);
  if (!pending.data || pending.data.length === 0) return null;
  return (
    <Card>
      <CardHeader
        title="Invited"
        description="They become members when they follow their link."
        className="pb-3"
      />
      <ul className="divide-y border-t">
        {pending.data.map((invitation) => (
          <InvitationRow key={invitation.id} invitation={invitation} onSent={setSent} />
        ))}
      </ul>
      {sent ? <LinkToHandOn sent={sent} onClose={() => setSent(null)} /> : null}
    </Card>
  );
}

interface InvitationRowProps {
  invitation: InvitationView;
  onSent: (sent: SentInvitation) => void;
}

function InvitationRow({ invitation, onSent }: InvitationRowProps) {
  const { id, email, role, expiresAt, isExpired } = invitation;
  const resend = trpc.invitations.resend.useMutation();
  const revoke = trpc.invitations.revoke.useMutation();

  async function run(work: () => Promise<void>) {
    try {
      await work();
    } catch (error) {
      toast.error("This did not work.", { description: failureOf(error).message });
    } finally {
      void queries.invitations.invalidate();
    }
  }

  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-3 px-6 py-4">
      <div className="min-w-40 flex-1">
        <p className="break-all font-medium">{email}</p>
        <p className="text-quiet text-sm">
          {isExpired ? (
            "The link has expired."
          ) : (
            <>
              Open until <DateTime value={expiresAt} />
            </>
          )}
        </p>
      </div>
      {isExpired ? <StatusBadge tone="warning" icon={Clock} label="Expired" /> : null}
      <Badge>{roleName(role)}</Badge>
      <div className="flex gap-2 max-sm:w-full">
        <Button
          size="sm"
          className="max-sm:flex-1"
          pending={resend.isPending}
          onClick={() => void run(async () => onSent(await resend.mutateAsync({ invitationId: id })))}
        >
          New link<span className="sr-only"> for {email}</span>
        </Button>
        <Button
          size="sm"
          variant="ghost"
          className="max-sm:flex-1"
          pending={revoke.isPending}
          onClick={() =>
            void run(async () => {
              await revoke.mutateAsync({ invitationId: id });
              toast.success(`The invitation of ${email} was taken back.`);
            })
          }
        >
          Take back<span className="sr-only"> the invitation of {email}</span>
        </Button>
      </div>
    </li>
  );
}
