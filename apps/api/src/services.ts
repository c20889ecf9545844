import type { Billing, ResolveActor, SignIn } from "@farebox/billing";
import type { Logger } from "pino";
import type { StripeSources } from "./content-security";
import type { Metrics } from "./metrics";

/** Our own sign-in, or only the answer of a host application's: then nothing is served at /api/auth. */
export type Audience = SignIn | { resolveActor: ResolveActor };

/** What the three servers of this process share. */
export interface Services {
  billing: Billing;
  log: Logger;
  metrics: Metrics;
  members: Audience;
  staff: Audience;
  /** Exact origins a page may have that changes something. */
  dashboardOrigins: string[];
  adminOrigins: string[];
  stripe: StripeSources;
  trustedProxyHops: number;
  /** What Prometheus must bring. Null: nobody is asked, undefined: nobody is answered. */
  metricsToken: string | null | undefined;
}

/** What middleware leaves for handlers. */
export interface Vars {
  Variables: { requestId: string; address: string | null };
}
