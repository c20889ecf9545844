import { z } from "zod";
import { type MemberRole, memberRoles, type StaffRole } from "../access/permissions";

const Id = z.string().min(1).max(100);

export const ChangeRoleInput = z.object({ memberId: Id, role: z.enum(memberRoles) });
export type ChangeRoleInput = z.infer<typeof ChangeRoleInput>;

export const RemoveMemberInput = z.object({ memberId: Id });
export type RemoveMemberInput = z.infer<typeof RemoveMemberInput>;

/** One of the accounts that the login belongs to. */
export const SwitchAccountInput = z.object({ accountId: Id });
export type SwitchAccountInput = z.infer<typeof SwitchAccountInput>;

export interface MemberSession {
  member: { id: string; name: string; email: string; role: MemberRole };
  customer: { id: string; name: string; email: string; currency: string | null };
}

export interface StaffSession {
  staff: { id: string; name: string; email: string; role: StaffRole };
}

export interface MemberView {
  id: string;
  name: string;
  email: string;
  role: MemberRole;
  joinedAt: string;
  isYou: boolean;
  /** Why the role cannot be changed and the member cannot go; null when both may be. */
  keptBecause: "last_owner" | null;
}

export interface AccountView {
  id: string;
  name: string;
  role: MemberRole;
  isCurrent: boolean;
}
