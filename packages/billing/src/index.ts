import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";
import type { AdminRouter } from "./trpc/admin-router";
import type { CustomerRouter } from "./trpc/customer-router";

export type CustomerInputs = inferRouterInputs<CustomerRouter>;
export type CustomerOutputs = inferRouterOutputs<CustomerRouter>;
export type AdminInputs = inferRouterInputs<AdminRouter>;
export type AdminOutputs = inferRouterOutputs<AdminRouter>;

export type { MemberRole, Permission, StaffRole } from "./access/permissions";
export type * from "./audit/schemas";
export type * from "./billing-details/schemas";
export type { AddOnId, CouponId, CreditPackId, FeatureId, MeterId, PlanId, ProductId } from "./catalog";
export type * from "./config/schemas";
export type { Actor, Billing, Log, MemberActor, StaffActor } from "./context";
export type * from "./customers/account-schemas";
export type * from "./customers/schemas";
export { migrate } from "./db/migrate";
export { unreadyReason } from "./db/readiness";
export type { PipelineNumbers } from "./db/sql/pipeline-numbers";
export { BillingError, type ErrorCode } from "./errors";
export type * from "./invitations/schemas";
export type * from "./invoices/explanation";
export { type InvoiceFile, invoicePaper, invoiceTableFile } from "./invoices/files";
export type * from "./invoices/schemas";
export type { InvoiceStatus } from "./invoices/statuses";
export type * from "./live/schemas";
export { openStreams } from "./live/seats";
export { createMemberLogin } from "./members/create-member-login";
export { ensureOwner } from "./members/ensure-owner";
export type * from "./members/schemas";
export { type OpenBillingOptions, openBilling } from "./open-billing";
export type * from "./payment-methods/schemas";
export type * from "./payments/schemas";
export type { Rate } from "./plans/pricing";
export type * from "./plans/schemas";
export type { Currency, Interval } from "./plans/units";
export type * from "./quotes/schemas";
export { clearExpiredCounters } from "./rate-limits/clear-expired";
export { type ReconciliationOptions, startReconciliation } from "./reconciliation/recurring";
export type * from "./reconciliation/schemas";
export type * from "./refunds/schemas";
export { clearExpiredSessions } from "./sign-in/clear-expired";
export { memberActorResolver, memberSignIn } from "./sign-in/member-sign-in";
export {
  clientAddressHeader,
  type ResolveActor,
  type SignIn,
  type SignInOptions,
} from "./sign-in/resolve-actor";
export { staffActorResolver, staffSignIn } from "./sign-in/staff-sign-in";
export { createStaff } from "./staff/create-staff";
export type { StripeAnswer } from "./stripe/observed";
export type * from "./subscriptions/change-schemas";
export type * from "./subscriptions/schemas";
export { type AdminRouter, adminRouter } from "./trpc/admin-router";
export { type CustomerRouter, customerRouter } from "./trpc/customer-router";
export type { RequestCtx } from "./trpc/procedures";
export { type Inbox, type InboxOptions, openInbox } from "./webhooks/open-inbox";
export { maxEventBytes } from "./webhooks/receive";
export type * from "./webhooks/schemas";
export { selfTestSignatures } from "./webhooks/self-test";
export { surviveStrayRejections } from "./webhooks/stray";
export { startWorker, type Worker, type WorkerOptions } from "./webhooks/work";
