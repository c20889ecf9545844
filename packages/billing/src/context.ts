import type pg from "pg";
import type Stripe from "stripe";
import type { MemberRole, StaffRole } from "./access/permissions";
import type { Database } from "./db/client";
import type { ChangeFeed } from "./live/feed";
import type { Limiter } from "./rate-limits/limiter";

export interface MemberActor {
  kind: "member";
  id: string;
  name: string;
  email: string;
  customerId: string;
  role: MemberRole;
}

export interface StaffActor {
  kind: "staff";
  id: string;
  name: string;
  email: string;
  role: StaffRole;
}

/** A process of ours: the worker, the demo seed. Never the result of a request. */
export interface SystemActor {
  kind: "system";
  id: string;
  name: string;
}

export type Actor = MemberActor | StaffActor | SystemActor;

export interface Log {
  debug(fields: Record<string, unknown>, message: string): void;
  info(fields: Record<string, unknown>, message: string): void;
  warn(fields: Record<string, unknown>, message: string): void;
  error(fields: Record<string, unknown>, message: string): void;
}

/** What every verb may use. Opened once per process by `openBilling`. */
export interface Billing {
  db: Database;
  pool: pg.Pool;
  stripe: Stripe;
  /** Acts for a connected account. */
  stripeOf(accountId: string): Stripe;
  log: Log;
  /** What is read from Stripe is compared and thrown away: nothing may be written on the way, no parent either. */
  onlyLooking?: true;
  /** Tells browsers what changed; connects when somebody first listens. */
  changes: ChangeFeed;
  limits: { purchase: Limiter; refund: Limiter; redrive: Limiter; cards: Limiter; invitations: Limiter };
  /** What the browser needs to load Stripe.js: a URL only where the sandbox stands in for it. */
  browser: { publishableKey: string; stripeJsUrl: string | null };
  /** Signs quotes; null in a process that makes none. */
  quoteSecret: string | null;
  close(): Promise<void>;
}

/** A verb's first argument: the process's services and who is acting. */
export interface Ctx extends Billing {
  actor: Actor;
  requestId: string;
  ip: string | null;
}

/** A transaction of Prisma, as handed to functions that must join one. */
export type Tx = Parameters<Parameters<Database["$transaction"]>[0]>[0];
