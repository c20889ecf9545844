import { recordAudit } from "../audit/record";
import { notFound } from "../errors";
import { notifyChange } from "../live/notify";
import { withCustomerLocked } from "../operations/with-customer-locked";
import type { CustomerCtx } from "../trpc/procedures";
import { lastOwner } from "./change-role";
import { membersFor } from "./queries";
import { isLastOwner } from "./rules";
import type { RemoveMemberInput } from "./schemas";

export const removeMember = (ctx: CustomerCtx, { memberId }: RemoveMemberInput) =>
  take(ctx, memberId, "members.remove");

/** Everybody may go by themselves, whatever their role. */
export const leaveAccount = (ctx: CustomerCtx) => take(ctx, ctx.actor.id, "members.leave");

/** Access ends with the commit: each request asks again who is a member. */
async function take(ctx: CustomerCtx, loginId: string, action: string): Promise<{ removed: string }> {
  const { customerId } = ctx.actor;
  return withCustomerLocked(ctx, customerId, async (tx) => {
    const members = await membersFor(tx, customerId);
    const member = members.find(({ id }) => id === loginId);
    if (!member) throw notFound("member");
    if (isLastOwner(members, loginId)) throw lastOwner();
    await tx.member.delete({
      where: { customerId_loginId: { customerId, loginId } },
      select: { loginId: true },
    });
    await recordAudit(tx, ctx, {
      action,
      customerId,
      targetType: "member",
      targetId: loginId,
      before: { email: member.email, role: member.role },
    });
    await notifyChange(tx, { customerId, nouns: ["members", "customers"] });
    return { removed: loginId };
  });
}
