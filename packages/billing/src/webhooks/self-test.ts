import Stripe from "stripe";
import { isSigned } from "./verify";

const body = Buffer.from(JSON.stringify({ id: "evt_self_test", object: "event", type: "self.test" }));
const secret = "whsec_self_test";

/** Throws unless this very process, signing as Stripe's library does, refuses old timestamps and empty keys. */
export function selfTestSignatures(now = Date.now()): void {
  const seconds = Math.floor(now / 1000);
  const fresh = sign({ secret, timestamp: seconds });
  const judge = (header: string, key: string) => isSigned(body, header, [key], now);
  if (judge(fresh, secret) !== "signed")
    throw new Error("the webhook signature check refuses a good signature");
  if (judge(sign({ secret, timestamp: seconds - 301 }), secret) === "signed") {
    throw new Error("the webhook signature check accepts a timestamp older than five minutes");
  }
  if (judge(sign({ secret, timestamp: seconds + 301 }), secret) === "signed") {
    throw new Error("the webhook signature check accepts a timestamp of the future");
  }
  for (const empty of ["", " "]) {
    const forged = sign({ secret: empty, timestamp: seconds });
    if (judge(forged, empty) === "signed" || judge(fresh, empty) === "signed") {
      throw new Error("the webhook signature check accepts an empty secret");
    }
  }
}

const sign = (options: { secret: string; timestamp: number }) =>
  Stripe.webhooks.generateTestHeaderString({ payload: body.toString(), ...options });
