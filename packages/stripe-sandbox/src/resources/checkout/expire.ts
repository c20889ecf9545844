import { invalid } from "../../http/errors";
import type { CheckoutOrder } from "../../tables";
import type { Tx } from "../../transaction";
import { closePaymentIntent } from "../payment-intents/close";
import { abandonSubscription } from "./subscribe";

const recoverySeconds = 30 * 24 * 60 * 60;

/** By request or by time. What an attempt left behind goes too. */
export function expireSession(tx: Tx, id: string): void {
  const session = tx.need("checkout_sessions", id);
  if (session.status !== "open") {
    throw invalid(
      `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of ${session.status}.`,
    );
  }
  const order = tx.need("checkout_orders", id);
  tx.unschedule(id, "checkout_session.expire");
  const recovery = session.after_expiration?.recovery;
  tx.patch("checkout_sessions", id, {
    status: "expired",
    url: null,
    ...(recovery?.enabled && {
      after_expiration: {
        recovery: {
          ...recovery,
          expires_at: tx.now + recoverySeconds,
          url: `${tx.settings.url}/c/recover/${order.recovery_token}`,
        },
      },
    }),
  });
  leaveAttempt(tx, order);
  tx.emit("checkout.session.expired", "checkout_sessions", id);
}

function leaveAttempt(tx: Tx, order: CheckoutOrder): void {
  if (order.subscription) {
    abandonSubscription(tx, order);
    return;
  }
  const payment = tx.get("payment_intents", order.intent ?? "");
  if (payment && !["succeeded", "canceled", "requires_capture"].includes(payment.status))
    closePaymentIntent(tx, payment.id, "expired");
  const setup = tx.get("setup_intents", order.intent ?? "");
  if (!setup || ["succeeded", "canceled"].includes(setup.status)) return;
  tx.patch("setup_intents", setup.id, {
    status: "canceled",
    cancellation_reason: "abandoned",
    next_action: null,
  });
  tx.emit("setup_intent.canceled", "setup_intents", setup.id);
}
