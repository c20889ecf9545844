// What the browser may import as values: inputs of every noun and the catalogue's words. No I/O behind it.
export { memberRoles, staffMay, staffRoles } from "./access/permissions";
export { invoiceStatuses } from "./invoices/statuses";
export { currencyExponent } from "./money";
export { addOnIds, planIds } from "./plans/schemas";
export { currencies, intervals } from "./plans/units";
export { CreateRefundInput, refundReasons } from "./refunds/schemas";
export { cancelReasons } from "./subscriptions/cancel-reasons";
export { CreateSubscriptionInput } from "./subscriptions/schemas";
export { RedriveInput, RedriveMatchingInput } from "./webhooks/schemas";
