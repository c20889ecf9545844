import { notFound } from "../errors";
import type { CustomerCtx } from "../trpc/procedures";
import type { MemberSession } from "./schemas";

export async function memberSession({ db, actor }: CustomerCtx): Promise<MemberSession> {
  const customer = await db.customer.findUnique({
    where: { id: actor.customerId },
    select: { id: true, name: true, email: true, currency: true },
  });
  if (!customer) throw notFound("customer");
  const { id, name, email, role } = actor;
  return { member: { id, name, email, role }, customer };
}
