import type { MemberView } from "@farebox/billing";
import { ConfirmDialog } from "@farebox/ui/confirm-dialog";
import { toast } from "@farebox/ui/toast";
import { failureOf } from "../../lib/failure";
import { queries, trpc } from "../../lib/trpc";

interface RemoveMemberProps {
  member: MemberView;
  accountName: string;
  onClose: () => void;
}

export function RemoveMember({ member, accountName, onClose }: RemoveMemberProps) {
  const remove = trpc.members.remove.useMutation();
  const leave = trpc.members.leave.useMutation();
  const problem = remove.error ?? leave.error;

  async function confirm() {
    try {
      if (member.isYou) {
        await leave.mutateAsync();
        window.location.assign("/");
        return;
      }
      await remove.mutateAsync({ memberId: member.id });
      toast.success(`${member.name} is no member any more.`);
      onClose();
    } catch {
      // Said in the dialog, which stays open.
    } finally {
      if (!member.isYou) void queries.members.invalidate();
    }
  }

  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={member.isYou ? `Leave ${accountName}?` : `Remove ${member.name}?`}
      description={
        member.isYou
          ? "Your access ends at once. To come back you would have to be invited again."
          : `${member.email} cannot look at this account any more, from this moment on.`
      }
      confirmLabel={member.isYou ? "Leave the account" : "Remove the member"}
      tone="danger"
      pending={remove.isPending || leave.isPending}
      error={problem ? failureOf(problem).message : undefined}
      onConfirm={() => void confirm()}
    />
  );
}
