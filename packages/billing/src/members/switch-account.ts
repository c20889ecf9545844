import { recordAudit } from "../audit/record";
import { notFound } from "../errors";
import { notifyChange } from "../live/notify";
import type { CustomerCtx } from "../trpc/procedures";
import type { SwitchAccountInput } from "./schemas";

/** Among the accounts of this login; its other windows are told, so that none shows one account and pays for another. */
export async function switchAccount(
  ctx: CustomerCtx,
  { accountId }: SwitchAccountInput,
): Promise<{ accountId: string }> {
  const { id: loginId, customerId } = ctx.actor;
  return ctx.db.$transaction(async (tx) => {
    const member = await tx.member.findUnique({
      where: { customerId_loginId: { customerId: accountId, loginId } },
      select: { role: true },
    });
    if (!member) throw notFound("account");
    await tx.login.update({
      where: { id: loginId },
      data: { activeCustomerId: accountId },
      select: { id: true },
    });
    await recordAudit(tx, ctx, {
      action: "members.switch_account",
      customerId: accountId,
      targetType: "member",
      targetId: loginId,
    });
    await notifyChange(tx, { customerId, nouns: ["members", "customers"] });
    return { accountId };
  });
}
