import { randomUUID } from "node:crypto";
import { recordAudit } from "../audit/record";
import type { Tx } from "../context";
import { notAllowed, notFound } from "../errors";
import { notifyChange } from "../live/notify";
import { membersFor } from "../members/queries";
import { withCustomerLocked } from "../operations/with-customer-locked";
import { limitTo } from "../rate-limits/limit-to";
import type { CustomerCtx } from "../trpc/procedures";
import { invitationView } from "./queries";
import { expiryFrom, isSameEmail } from "./rules";
import type { InvitationInput, InviteInput, SentInvitation } from "./schemas";
import { newToken, tokenHash } from "./token";

/** One open invitation for each address: inviting again is sending it again, with the role chosen now. */
export async function invite(ctx: CustomerCtx, { email, role }: InviteInput): Promise<SentInvitation> {
  const { customerId } = ctx.actor;
  await limitTo(ctx.limits.invitations, customerId, "to invite somebody to this account");
  return withCustomerLocked(ctx, customerId, async (tx) => {
    const members = await membersFor(tx, customerId);
    if (members.some((member) => isSameEmail(member.email, email))) throw alreadyMember(email);
    const customer = await tx.customer.findUniqueOrThrow({
      where: { id: customerId },
      select: { closingAt: true },
    });
    if (customer.closingAt) throw notAllowed("customer_closed", "This billing account is being closed.");
    const open = await tx.invitation.findUnique({
      where: { customerId_openSlot: { customerId, openSlot: email } },
      select: { id: true },
    });
    return send(tx, ctx, { id: open?.id ?? null, email, role });
  });
}

/** With a new link: whoever has the old one cannot use it any more. */
export async function resendInvitation(
  ctx: CustomerCtx,
  { invitationId: id }: InvitationInput,
): Promise<SentInvitation> {
  const { customerId } = ctx.actor;
  const found = await ctx.db.invitation.findFirst({
    where: { customerId, id, openSlot: { not: null } },
    select: { email: true, role: true },
  });
  if (!found) throw notFound("invitation");
  return invite(ctx, found);
}

async function send(
  tx: Tx,
  ctx: CustomerCtx,
  { id, email, role }: InviteInput & { id: string | null },
): Promise<SentInvitation> {
  const { customerId, id: invitedBy, name: invitedByName } = ctx.actor;
  const token = newToken();
  const now = new Date();
  const sent = {
    role,
    tokenHash: tokenHash(token),
    invitedBy,
    invitedByName,
    sentAt: now,
    expiresAt: expiryFrom(now),
  };
  const row = id
    ? await tx.invitation.update({ where: { customerId_id: { customerId, id } }, data: sent })
    : await tx.invitation.create({
        data: { ...sent, customerId, id: randomUUID(), email, openSlot: email },
      });
  await recordAudit(tx, ctx, {
    action: id ? "invitations.resend" : "invitations.create",
    customerId,
    targetType: "invitation",
    targetId: row.id,
    after: { email, role, expiresAt: row.expiresAt },
  });
  await notifyChange(tx, { customerId, nouns: ["members"] });
  return { invitation: invitationView(row), token };
}

const alreadyMember = (email: string) => notAllowed("already_member", `${email} is a member already.`);
