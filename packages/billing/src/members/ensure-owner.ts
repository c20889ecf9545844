import { randomUUID } from "node:crypto";
import type { MemberRole } from "../access/permissions";
import { recordAudit } from "../audit/record";
import type { Database } from "../db/client";

export interface SignedUp {
  id: string;
  name: string;
  email: string;
}

export interface Membership {
  customerId: string;
  role: MemberRole;
}

/**
 * The customer a login belongs to; a login without one gets its own and owns it. Run at sign-up and again at each
 * sign-in, so that a crash between the two rows heals. The lock on the login makes concurrent calls agree.
 */
export async function ensureOwner(db: Database, login: SignedUp, company?: string): Promise<Membership> {
  const existing = await membershipOf(db, login.id);
  if (existing) return existing;
  return db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT id FROM login WHERE id = ${login.id} FOR UPDATE`;
    const meanwhile = await membershipOf(tx, login.id);
    if (meanwhile) return meanwhile;
    const customer = await tx.customer.create({
      data: { id: randomUUID(), name: company?.trim() || login.name, email: login.email },
      select: { id: true, name: true },
    });
    await tx.member.create({
      data: { customerId: customer.id, loginId: login.id, role: "owner" },
      select: { loginId: true },
    });
    await recordAudit(
      tx,
      { actor: { kind: "member", id: login.id, name: login.name }, requestId: "sign-up", ip: null },
      {
        action: "customers.create",
        customerId: customer.id,
        targetType: "customer",
        targetId: customer.id,
        after: { name: customer.name, email: login.email },
      },
    );
    return { customerId: customer.id, role: "owner" };
  });
}

/** The oldest: which of several is looked at is the session's affair. A closed customer too: nobody gets a second by that. */
function membershipOf(db: Pick<Database, "member">, loginId: string): Promise<Membership | null> {
  return db.member.findFirst({
    where: { loginId },
    orderBy: { createdAt: "asc" },
    select: { customerId: true, role: true },
  });
}
