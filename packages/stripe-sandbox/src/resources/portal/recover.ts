import { invalid } from "../../http/errors";
import { randomText } from "../../ids";
import type { PortalSession } from "../../tables";
import type { Tx } from "../../transaction";
import { activeSeconds, expired, isRecoverable, realNow } from "./access";

/** The address of the customer stands for the code that Stripe would send there. */
export function recover(tx: Tx, session: PortalSession, email: unknown): string {
  if (!isRecoverable(tx, session)) throw expired();
  requireEmail(tx.get("customers", session.customer)?.email ?? null, email);
  const secret = randomText(32);
  tx.patch("portal_sessions", session.id, {
    access: { ...session.access, browser: secret, expires: realNow(tx) + activeSeconds() },
  });
  return secret;
}

export function requireEmail(known: string | null, given: unknown): void {
  if (known !== null && typeof given === "string" && known.toLowerCase() === given.trim().toLowerCase())
    return;
  throw invalid("This email address does not belong to a customer.", undefined, "email");
}
