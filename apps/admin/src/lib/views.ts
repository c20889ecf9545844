import type { AdminOutputs } from "@farebox/billing";

// As they arrive over JSON, where a value of unknown type may be absent.
export type CustomerDetail = AdminOutputs["customers"]["get"];
export type AuditEntry = CustomerDetail["timeline"][number];
