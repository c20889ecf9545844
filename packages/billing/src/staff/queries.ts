import type { StaffSession } from "../members/schemas";
import type { StaffCtx } from "../trpc/procedures";

export function staffSession({ actor }: StaffCtx): StaffSession {
  const { id, name, email, role } = actor;
  return { staff: { id, name, email, role } };
}
