import { ApiError, invalid } from "../../http/errors";
import { randomText } from "../../ids";
import type { Customer, PortalConfiguration, PortalSession } from "../../tables";
import type { Tx } from "../../transaction";

export interface Visit {
  session: PortalSession;
  configuration: PortalConfiguration;
  customer: Customer;
}

/** How long an address waits to be opened, and how long an opened page stays alive, is not documented. */
export function unusedSeconds(): number {
  return 5 * 60;
}
export function activeSeconds(): number {
  return 60 * 60;
}

/** Links grow old in real time, also those of a test clock's customer. */
export function realNow(tx: Tx): number {
  const { clock } = tx;
  tx.enter(null);
  const { now } = tx;
  tx.enter(clock);
  return now;
}

export function sessionByToken(tx: Tx, token: string): PortalSession {
  const [session] = tx.by("portal_sessions", "access.token", token);
  if (session) return session;
  throw invalid("This link does not lead to a customer portal.", "resource_missing", undefined, 404);
}

/** An address is opened once; from then on only that browser, by its cookie, goes on. */
export function openSession(tx: Tx, session: PortalSession, browser: string | undefined): string {
  const { access } = session;
  const now = realNow(tx);
  const isOthers = access.browser !== null && access.browser !== browser;
  if (access.expires <= now || isOthers) throw expired(isRecoverable(tx, session));
  const secret = access.browser ?? randomText(32);
  tx.patch("portal_sessions", session.id, {
    access: { ...access, browser: secret, expires: now + activeSeconds() },
  });
  return secret;
}

export function visitOf(tx: Tx, session: PortalSession): Visit {
  const customer = tx.get("customers", session.customer);
  if (!customer) throw expired();
  tx.enter(customer.test_clock ?? null);
  const clock = customer.test_clock ? tx.get("test_clocks", customer.test_clock) : undefined;
  if (clock?.status === "advancing") {
    throw new ApiError(429, {
      code: "rate_limit",
      message: "Test clock advancement underway - cannot perform modifications.",
      type: "invalid_request_error",
    });
  }
  const configuration = tx.need("portal_configurations", String(session.configuration));
  return { session, configuration, customer };
}

export function isExpired(error: unknown): boolean {
  return error instanceof ApiError && error.body.code === "portal_session_expired";
}

export function expired(canLogIn = false): ApiError {
  const how = canLogIn ? " Log in to go on." : "";
  return invalid(
    `This link has expired or was already used.${how}`,
    "portal_session_expired",
    undefined,
    403,
  );
}

/** Whether whoever opens an old address may log in instead, as `after_expiration` says. */
export function isRecoverable(tx: Tx, { after_expiration: after }: PortalSession): boolean {
  if (after?.type !== "customer_login") return false;
  const until = after.customer_login?.expires_at ?? null;
  return until === null || until > realNow(tx);
}
