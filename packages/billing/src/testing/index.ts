export { type BareBilling, bareBilling } from "./bare-billing";
export { type PaidSubscription, paidSubscription } from "./builders";
export { type CampaignOptions, reportOf, runCampaign } from "./campaign/campaign";
export type { Lived, Trace } from "./campaign/live";
export { type TestDatabase, testDatabase } from "./database";
export { type CustomerSession, type Harness, harness, type StaffSession } from "./harness";
export { breakersOf, brokenInvariants, type Invariant, invariants } from "./invariants";
export { type ConfirmedIntent, type PayAsOptions, payAs } from "./pay-as";
export {
  type HandlerUnderTest,
  type StripeToHandle,
  type WebhookProperty,
  webhookProperties,
} from "./properties/webhook-properties";
export { deliver, event, secret as eventSecret, sign } from "./signed-event";
export { type TestLog, testLog } from "./test-log";
export { until } from "./until";
