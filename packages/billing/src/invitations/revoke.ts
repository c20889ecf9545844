import { recordAudit } from "../audit/record";
import { notFound } from "../errors";
import { notifyChange } from "../live/notify";
import { withCustomerLocked } from "../operations/with-customer-locked";
import type { CustomerCtx } from "../trpc/procedures";
import type { InvitationInput } from "./schemas";

export async function revokeInvitation(
  ctx: CustomerCtx,
  { invitationId: id }: InvitationInput,
): Promise<{ revoked: string }> {
  const { customerId } = ctx.actor;
  return withCustomerLocked(ctx, customerId, async (tx) => {
    const found = await tx.invitation.findUnique({
      where: { customerId_id: { customerId, id } },
      select: { email: true, role: true, openSlot: true, revokedAt: true },
    });
    if (found?.revokedAt) return { revoked: id };
    if (!found?.openSlot) throw notFound("invitation");
    await tx.invitation.update({
      where: { customerId_id: { customerId, id } },
      data: { revokedAt: new Date(), openSlot: null },
      select: { id: true },
    });
    await recordAudit(tx, ctx, {
      action: "invitations.revoke",
      customerId,
      targetType: "invitation",
      targetId: id,
      before: { email: found.email, role: found.role },
    });
    await notifyChange(tx, { customerId, nouns: ["members"] });
    return { revoked: id };
  });
}
