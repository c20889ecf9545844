import Stripe from "stripe";

const body = JSON.stringify({
  id: "evt_self_test",
  object: "event",
  type: "self.test",
  data: { object: {} },
});
const secret = "whsec_self_test";

/** Throws unless this very library refuses old timestamps and empty keys: releases have differed in both. */
export function selfTestSignatures(now = Date.now()): void {
  const seconds = Math.floor(now / 1000);
  const fresh = sign({ secret, timestamp: seconds });
  if (!accepts(fresh, secret)) throw new Error("the webhook signature check refuses a good signature");
  if (accepts(sign({ secret, timestamp: seconds - 301 }), secret)) {
    throw new Error("the webhook signature check accepts a timestamp older than five minutes");
  }
  if (accepts(fresh, "") || accepts(fresh, " ")) {
    throw new Error("the webhook signature check accepts an empty secret");
  }
}

const sign = (options: { secret: string; timestamp: number }) =>
  Stripe.webhooks.generateTestHeaderString({ payload: body, ...options });

function accepts(header: string, key: string): boolean {
  try {
    Stripe.webhooks.constructEvent(body, header, key, 300);
    return true;
  } catch {
    return false;
  }
}
