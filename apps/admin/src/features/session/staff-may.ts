import type { StaffRole } from "@farebox/billing";

const refundRoles: readonly StaffRole[] = ["support", "finance", "admin"];

/** What the buttons show; the server decides again. */
export const mayRefund = (role: StaffRole) => refundRoles.includes(role);
