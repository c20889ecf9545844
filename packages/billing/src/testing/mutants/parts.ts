// What a mutated bundle exports: the pipeline, to be driven as it is driven from its source.

export { syncCustomer } from "../../customers/sync";
export { claimDue, markDirty } from "../../db/sql/dirty-objects";
export { inTransaction } from "../../db/sql/transaction";
export { refreshInvoice } from "../../invoices/sync";
export { openBilling } from "../../open-billing";
export { carryOut, carryOutAgain } from "../../operations/carry-out";
export { reserve } from "../../operations/reserve";
export { lockRefundablePayments } from "../../refunds/queries";
export { refundInvoice } from "../../refunds/refund-invoice";
export { openStripe } from "../../stripe/client";
export { syncSubscription } from "../../subscriptions/sync";
export { processClaim } from "../../webhooks/process";
export { createReceiver } from "../../webhooks/receive";
export { startWorker } from "../../webhooks/work";
