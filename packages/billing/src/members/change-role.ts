import { recordAudit } from "../audit/record";
import { notAllowed, notFound } from "../errors";
import { notifyChange } from "../live/notify";
import { withCustomerLocked } from "../operations/with-customer-locked";
import type { CustomerCtx } from "../trpc/procedures";
import { membersFor } from "./queries";
import { isLastOwner } from "./rules";
import type { ChangeRoleInput } from "./schemas";

/** With the customer locked, so that of two owners who demote each other one stays. */
export async function changeRole(
  ctx: CustomerCtx,
  { memberId, role }: ChangeRoleInput,
): Promise<{ role: string }> {
  const { customerId } = ctx.actor;
  return withCustomerLocked(ctx, customerId, async (tx) => {
    const members = await membersFor(tx, customerId);
    const member = members.find(({ id }) => id === memberId);
    if (!member) throw notFound("member");
    if (member.role === role) return { role };
    if (isLastOwner(members, memberId)) throw lastOwner();
    await tx.member.update({
      where: { customerId_loginId: { customerId, loginId: memberId } },
      data: { role },
      select: { loginId: true },
    });
    await recordAudit(tx, ctx, {
      action: "members.change_role",
      customerId,
      targetType: "member",
      targetId: memberId,
      before: { email: member.email, role: member.role },
      after: { email: member.email, role },
    });
    await notifyChange(tx, { customerId, nouns: ["members", "customers"] });
    return { role };
  });
}

export const lastOwner = () =>
  notAllowed("last_owner", "An account needs an owner. Make somebody else an owner first.");
