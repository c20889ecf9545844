import type { Billing } from "../context";
import { openBilling } from "../open-billing";
import { testDatabase } from "./database";
import { type TestLog, testLog } from "./test-log";

export interface BareBilling extends Omit<Billing, "log"> {
  databaseUrl: string;
  log: TestLog;
}

/** Billing on a database of its own, for what never talks to Stripe: no sandbox is started. */
export async function bareBilling(): Promise<BareBilling> {
  const { databaseUrl, drop } = await testDatabase();
  const log = testLog();
  const billing = await openBilling({
    databaseUrl,
    connections: 4,
    stripe: { secretKey: "sk_test_farebox", apiBase: "http://127.0.0.1:9" },
    browser: { publishableKey: "pk_test_farebox", stripeJsUrl: "http://127.0.0.1:9/stripe.js" },
    log,
  });
  return {
    ...billing,
    databaseUrl,
    log,
    async close() {
      await billing.close();
      await drop();
    },
  };
}
