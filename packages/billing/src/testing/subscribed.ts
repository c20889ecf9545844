import { randomUUID } from "node:crypto";
import type { CustomerSession, Harness } from "./harness";

/** A customer who has just bought a plan; with `cards`, each is tried until the last one pays. */
export async function subscribed(
  h: Harness,
  cards: readonly string[] = ["pm_card_visa"],
): Promise<CustomerSession> {
  const session = await h.asCustomer();
  const wish = { operationId: randomUUID(), planId: "growth", interval: "month", currency: "usd" } as const;
  const { confirmation } = await session.caller.subscriptions.create(wish);
  if (confirmation.kind !== "payment") throw new Error("expected something to pay");
  for (const card of cards) await h.payAs(confirmation.clientSecret, card);
  await h.quiet();
  return session;
}
