import { z } from "zod";
import { type MemberRole, memberRoles } from "../access/permissions";

const Id = z.string().min(1).max(100);

export const InviteInput = z.object({
  email: z.email("Enter an email address such as ana@example.com.").max(254).toLowerCase(),
  role: z.enum(memberRoles),
});
export type InviteInput = z.infer<typeof InviteInput>;

export const InvitationInput = z.object({ invitationId: Id });
export type InvitationInput = z.infer<typeof InvitationInput>;

export const InvitationTokenInput = z.object({ token: z.string().min(20).max(200) });
export type InvitationTokenInput = z.infer<typeof InvitationTokenInput>;

export interface InvitationView {
  id: string;
  email: string;
  role: MemberRole;
  invitedBy: string;
  sentAt: string;
  expiresAt: string;
  isExpired: boolean;
}

/** The link is told once: of it only a hash is kept. */
export interface SentInvitation {
  invitation: InvitationView;
  token: string;
}

/** What somebody with the link may know before signing in. */
export interface OpenInvitation {
  email: string;
  role: MemberRole;
  customerName: string;
  invitedBy: string;
  expiresAt: string;
  /** Whether the address already signs in here. */
  hasLogin: boolean;
}
