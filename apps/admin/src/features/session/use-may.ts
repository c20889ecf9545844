import type { Permission } from "@farebox/billing";
import { staffMay } from "@farebox/billing/schemas";
import { useStaff } from "./use-staff";

/** What to offer; false until we know who is signed in. The server decides again. */
export function useMay(permission: Permission): boolean {
  const staff = useStaff();
  return staff !== undefined && staffMay(staff.role, permission);
}
