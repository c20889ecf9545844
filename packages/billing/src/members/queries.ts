import type { Ctx, Tx } from "../context";
import type { Database } from "../db/client";
import { notFound } from "../errors";
import type { CustomerCtx } from "../trpc/procedures";
import { isLastOwner } from "./rules";
import type { AccountView, MemberSession, MemberView } from "./schemas";

export async function memberSession({ db, actor }: CustomerCtx): Promise<MemberSession> {
  const customer = await db.customer.findUnique({
    where: { id: actor.customerId },
    select: { id: true, name: true, email: true, currency: true },
  });
  if (!customer) throw notFound("customer");
  const { id, name, email, role } = actor;
  return { member: { id, name, email, role }, customer };
}

export async function memberList({ db, actor }: CustomerCtx): Promise<MemberView[]> {
  const found = await db.member.findMany({
    where: { customerId: actor.customerId },
    select: { role: true, createdAt: true, login: { select: { id: true, name: true, email: true } } },
    orderBy: [{ createdAt: "asc" }, { loginId: "asc" }],
  });
  const members = found.map(({ role, createdAt, login }) => ({
    ...login,
    role,
    joinedAt: createdAt.toISOString(),
    isYou: login.id === actor.id,
  }));
  return members.map((member) => ({
    ...member,
    keptBecause: isLastOwner(members, member.id) ? "last_owner" : null,
  }));
}

/** Fewer seats than this cannot be paid for: everybody who may sign in takes one. */
export const seatsTaken = (db: Pick<Database | Tx, "member">, customerId: string): Promise<number> =>
  db.member.count({ where: { customerId } });

/** Whose bills the login may look at. */
export async function accountsOf({ db, actor }: CustomerCtx): Promise<AccountView[]> {
  const memberships = await db.member.findMany({
    where: { loginId: actor.id },
    select: { role: true, customer: { select: { id: true, name: true } } },
    orderBy: [{ createdAt: "asc" }, { customerId: "asc" }],
  });
  return memberships.map(({ role, customer }) => ({
    ...customer,
    role,
    isCurrent: customer.id === actor.customerId,
  }));
}

export async function membersFor(tx: Tx, customerId: string) {
  const members = await tx.member.findMany({
    where: { customerId },
    select: { role: true, login: { select: { id: true, name: true, email: true } } },
  });
  return members.map(({ role, login }) => ({ ...login, role }));
}

/** True while a request of this login would still act for this customer: what runs long has to ask again. */
export async function isStillHere(
  { db }: Pick<Ctx, "db">,
  customerId: string,
  loginId: string,
): Promise<boolean> {
  const member = await db.member.findUnique({
    where: { customerId_loginId: { customerId, loginId } },
    select: { login: { select: { activeCustomerId: true } } },
  });
  return member !== null && (member.login.activeCustomerId ?? customerId) === customerId;
}
