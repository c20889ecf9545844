import { recordAudit } from "../audit/record";
import type { Billing, Ctx } from "../context";
import { notAllowed } from "../errors";
import { notifyChange } from "../live/notify";
import type { Membership, SignedUp } from "../members/ensure-owner";
import { lockWaits } from "../operations/with-customer-locked";
import type { CustomerCtx } from "../trpc/procedures";
import { invitationOf } from "./queries";
import { isSameEmail } from "./rules";
import type { InvitationTokenInput } from "./schemas";
import { tokenHash } from "./token";

export const acceptInvitation = (ctx: CustomerCtx, { token }: InvitationTokenInput): Promise<Membership> =>
  joinAccount(ctx, ctx.actor, token);

/**
 * Makes a login a member and uses the link up, in one transaction: of two that follow it at once, one gets in. The
 * same login may follow it twice.
 */
export async function joinAccount(
  billing: Pick<Billing, "db"> & Partial<Pick<Ctx, "requestId" | "ip">>,
  login: SignedUp,
  token: string,
): Promise<Membership> {
  const { db, requestId = "sign-up", ip = null } = billing;
  return db.$transaction(async (tx) => {
    const [held] = await tx.$queryRaw<{ customerId: string; acceptedBy: string | null }[]>`
      SELECT customer_id AS "customerId", accepted_by AS "acceptedBy" FROM invitation
      WHERE token_hash = ${tokenHash(token)} FOR UPDATE`;
    const again = held?.acceptedBy === login.id && (await membership(tx, held.customerId, login.id));
    if (again) return again;
    const { id, customerId, email, role } = await invitationOf(tx, token);
    if (!isSameEmail(email, login.email)) throw forSomebodyElse(email);
    await tx.$queryRaw`SELECT 1 FROM customer WHERE id = ${customerId} FOR NO KEY UPDATE`;
    const known = await membership(tx, customerId, login.id);
    if (!known) {
      await tx.member.create({ data: { customerId, loginId: login.id, role }, select: { loginId: true } });
    }
    await tx.invitation.update({
      where: { customerId_id: { customerId, id } },
      data: { acceptedAt: new Date(), acceptedBy: login.id, openSlot: null },
      select: { id: true },
    });
    await tx.login.update({
      where: { id: login.id },
      data: { activeCustomerId: customerId },
      select: { id: true },
    });
    await recordAudit(
      tx,
      { actor: { kind: "member", id: login.id, name: login.name }, requestId, ip },
      {
        action: "invitations.accept",
        customerId,
        targetType: "invitation",
        targetId: id,
        after: { email, role },
      },
    );
    await notifyChange(tx, { customerId, nouns: ["members", "customers"] });
    return known ?? { customerId, role };
  }, lockWaits);
}

const membership = (
  tx: Parameters<Parameters<Billing["db"]["$transaction"]>[0]>[0],
  customerId: string,
  loginId: string,
): Promise<Membership | null> =>
  tx.member.findUnique({
    where: { customerId_loginId: { customerId, loginId } },
    select: { customerId: true, role: true },
  });

const forSomebodyElse = (email: string) =>
  notAllowed(
    "invitation_for_other",
    `This invitation is for ${email}. Sign in with that address to accept it.`,
  );
