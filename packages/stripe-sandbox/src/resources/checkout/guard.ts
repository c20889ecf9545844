import { invalid } from "../../http/errors";
import type { Read } from "../../transaction";

/** The intent of a Checkout Session belongs to its page until it is captured or done. */
export function refuseForSession(read: Read, intent: string, verb: "confirm" | "cancel"): void {
  const [order] = read.by("checkout_orders", "intent", intent);
  const session = order && read.get("checkout_sessions", order.id);
  if (session?.status !== "open") return;
  throw invalid(
    `You cannot ${verb} this intent: it belongs to the Checkout Session ${session.id}. To cancel it, expire the session.`,
    intent.startsWith("seti_") ? "setup_intent_unexpected_state" : "payment_intent_unexpected_state",
  );
}
