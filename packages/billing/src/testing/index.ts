export { type BareBilling, bareBilling } from "./bare-billing";
export { type PaidSubscription, paidSubscription } from "./builders";
export { type TestDatabase, testDatabase } from "./database";
export { type CustomerSession, type Harness, harness, type StaffSession } from "./harness";
export { type ConfirmedIntent, type PayAsOptions, payAs } from "./pay-as";
export { deliver, event, secret as eventSecret, sign } from "./signed-event";
export { type TestLog, testLog } from "./test-log";
export { until } from "./until";
