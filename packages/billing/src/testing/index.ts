export { type BareBilling, bareBilling } from "./bare-billing";
export { type TestDatabase, testDatabase } from "./database";
export { type CustomerSession, type Harness, harness, type StaffSession } from "./harness";
export { type ConfirmedIntent, type PayAsOptions, payAs } from "./pay-as";
export { type TestLog, testLog } from "./test-log";
export { until } from "./until";
