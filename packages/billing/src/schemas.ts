// What the browser may import as values: inputs of every noun and the catalogue's words. No I/O behind it.
export { memberRoles, staffMay, staffRoles } from "./access/permissions";
export { currencyExponent } from "./money";
export { currencies, intervals } from "./plans/define-catalog";
export { planIds } from "./plans/schemas";
export { CreateRefundInput, refundReasons } from "./refunds/schemas";
export { CreateSubscriptionInput } from "./subscriptions/schemas";
export { RedriveInput, RedriveMatchingInput } from "./webhooks/schemas";
