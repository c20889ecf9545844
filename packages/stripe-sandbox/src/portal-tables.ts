import type Stripe from "stripe";
import type { Wire } from "./wire";

export type TaxId = Wire<Stripe.TaxId>;
export type PortalConfiguration = Wire<Stripe.BillingPortal.Configuration>;

/** What its address lets a browser do; not shown. Moments are real time, in seconds. */
export interface PortalAccess {
  token: string;
  /** The browser that opened the address, by the secret in its cookie. */
  browser: string | null;
  expires: number;
  /** The flow was gone through to its end. */
  done: boolean;
}
export type PortalSession = Wire<Stripe.BillingPortal.Session> & { access: PortalAccess };

/** A pause that was chosen for a time, by its subscription. */
export interface PortalPause {
  id: string;
  paused: number;
  resumes: number;
}

export interface PortalTables {
  tax_ids: TaxId;
  portal_configurations: PortalConfiguration;
  portal_sessions: PortalSession;
  portal_pauses: PortalPause;
}

export const portalIndexes: { [Name in keyof PortalTables]: string[] } = {
  tax_ids: ["customer"],
  portal_configurations: [],
  portal_sessions: ["access.token"],
  portal_pauses: [],
};
