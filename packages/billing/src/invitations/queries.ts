import type { Billing, Tx } from "../context";
import { BillingError, notAllowed } from "../errors";
import type { CustomerCtx } from "../trpc/procedures";
import { stateOf } from "./rules";
import type { InvitationTokenInput, InvitationView, OpenInvitation } from "./schemas";
import { tokenHash } from "./token";

const viewFields = {
  id: true,
  email: true,
  role: true,
  invitedByName: true,
  sentAt: true,
  expiresAt: true,
} as const;

type Row = Pick<InvitationView, "id" | "email" | "role"> & {
  invitedByName: string;
  sentAt: Date;
  expiresAt: Date;
};

export const invitationView = ({ invitedByName, sentAt, expiresAt, ...row }: Row): InvitationView => ({
  id: row.id,
  email: row.email,
  role: row.role,
  invitedBy: invitedByName,
  sentAt: sentAt.toISOString(),
  expiresAt: expiresAt.toISOString(),
  isExpired: expiresAt <= new Date(),
});

/** Those that wait for an answer; expired ones stay in the list until they are sent again or revoked. */
export async function pendingInvitations({ db, actor }: CustomerCtx): Promise<InvitationView[]> {
  const rows = await db.invitation.findMany({
    where: { customerId: actor.customerId, openSlot: { not: null } },
    select: viewFields,
    orderBy: [{ sentAt: "desc" }, { id: "asc" }],
  });
  return rows.map(invitationView);
}

export async function openInvitation(
  { db }: Pick<Billing, "db">,
  { token }: InvitationTokenInput,
): Promise<OpenInvitation> {
  const { customer, ...found } = await invitationOf(db, token);
  const logins = await db.login.count({ where: { email: found.email } });
  return {
    email: found.email,
    role: found.role,
    customerName: customer.name,
    invitedBy: found.invitedByName,
    expiresAt: found.expiresAt.toISOString(),
    hasLogin: logins > 0,
  };
}

/** Says why a link does not work any more; of one that never was it says no more than that. */
export async function invitationOf(db: Pick<Tx, "invitation">, token: string) {
  const found = await db.invitation.findUnique({
    where: { tokenHash: tokenHash(token) },
    select: {
      ...viewFields,
      customerId: true,
      acceptedAt: true,
      acceptedBy: true,
      revokedAt: true,
      customer: { select: { name: true, closingAt: true, deletedAt: true } },
    },
  });
  if (!found) throw unknownLink();
  const state = stateOf(found, new Date());
  if (state !== "open") throw notAllowed(`invitation_${state}`, gone[state]);
  if (found.customer.closingAt || found.customer.deletedAt) throw notAllowed("customer_closed", closed);
  return found;
}

const gone = {
  expired: "This invitation has expired. Ask for a new one.",
  accepted: "This invitation has been used already.",
  revoked: "This invitation was taken back. Ask whoever invited you.",
};

const closed = "This account has been closed.";

const unknownLink = () =>
  new BillingError(
    "NOT_FOUND",
    "invitation_not_found",
    "This invitation link does not work. Check that it is complete, or ask for a new one.",
  );
