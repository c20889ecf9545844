import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";
import type { AdminRouter } from "./trpc/admin-router";
import type { CustomerRouter } from "./trpc/customer-router";

export type CustomerInputs = inferRouterInputs<CustomerRouter>;
export type CustomerOutputs = inferRouterOutputs<CustomerRouter>;
export type AdminInputs = inferRouterInputs<AdminRouter>;
export type AdminOutputs = inferRouterOutputs<AdminRouter>;

export type { Actor, Billing, Log, MemberActor, StaffActor } from "./context";
export { migrate } from "./db/migrate";
export { unreadyReason } from "./db/readiness";
export { type OpenBillingOptions, openBilling } from "./open-billing";
export { createMemberLogin } from "./members/create-member-login";
export { ensureOwner } from "./members/ensure-owner";
export { clearExpiredCounters } from "./rate-limits/clear-expired";
export { memberSignIn } from "./sign-in/member-sign-in";
export {
  clientAddressHeader,
  type ResolveActor,
  type SignIn,
  type SignInOptions,
} from "./sign-in/resolve-actor";
export { staffSignIn } from "./sign-in/staff-sign-in";
export { createStaff } from "./staff/create-staff";
export type { MemberRole, Permission, StaffRole } from "./access/permissions";
export type * from "./audit/schemas";
export type * from "./config/schemas";
export type * from "./customers/schemas";
export type * from "./invoices/schemas";
export type * from "./live/schemas";
export type * from "./members/schemas";
export type * from "./payments/schemas";
export type { Currency, Interval } from "./plans/define-catalog";
export type * from "./plans/schemas";
export type * from "./refunds/schemas";
export type * from "./subscriptions/schemas";
export { type AdminRouter, adminRouter } from "./trpc/admin-router";
export { type CustomerRouter, customerRouter } from "./trpc/customer-router";
export type { RequestCtx } from "./trpc/procedures";
export { type Inbox, type InboxOptions, openInbox } from "./webhooks/open-inbox";
export { maxEventBytes } from "./webhooks/receive";
export { selfTestSignatures } from "./webhooks/self-test";
export { startWorker, type Worker, type WorkerOptions } from "./webhooks/work";
