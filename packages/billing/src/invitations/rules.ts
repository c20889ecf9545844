export const validDays = 7;

const dayMs = 24 * 60 * 60 * 1000;

export const expiryFrom = (now: Date): Date => new Date(now.getTime() + validDays * dayMs);

export type InvitationState = "open" | "expired" | "accepted" | "revoked";

export function stateOf(
  invitation: { acceptedAt: Date | null; revokedAt: Date | null; expiresAt: Date },
  now: Date,
): InvitationState {
  if (invitation.acceptedAt) return "accepted";
  if (invitation.revokedAt) return "revoked";
  return invitation.expiresAt <= now ? "expired" : "open";
}

/** Addresses are one person's whatever capital letters they are typed with. */
export const isSameEmail = (a: string, b: string): boolean =>
  a.trim().toLowerCase() === b.trim().toLowerCase();
