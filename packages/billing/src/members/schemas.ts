import type { MemberRole, StaffRole } from "../access/permissions";

export interface MemberSession {
  member: { id: string; name: string; email: string; role: MemberRole };
  customer: { id: string; name: string; email: string; currency: string | null };
}

export interface StaffSession {
  staff: { id: string; name: string; email: string; role: StaffRole };
}
