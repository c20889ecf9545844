import { createHmac, timingSafeEqual } from "node:crypto";
import type { PlanId } from "../catalog";
import type { Interval } from "../plans/define-catalog";
import type { ChangeTiming, QuoteChangeInput } from "./schemas";

export interface ChangeItem {
  id?: string;
  price?: string;
  quantity?: number;
  deleted?: boolean;
}

/** What a quote promises, complete enough to be carried out without asking anything again. */
export interface QuoteContent {
  /** Also the id of the operation that accepts it: so a quote is accepted once. */
  id: string;
  customerId: string;
  subscriptionId: string;
  /** What was asked for, to quote it again. */
  wish: QuoteChangeInput;
  planId: PlanId;
  interval: Interval;
  /** How many it comes to; null for a plan without. */
  seats: number | null;
  timing: ChangeTiming;
  trialing: boolean;
  /** What changes, as Stripe is told. */
  items: ChangeItem[];
  /** What the subscription consists of afterwards. */
  after: { price: string; quantity?: number }[];
  resetAnchor: boolean;
  switchesInterval: boolean;
  prorationDate: number | null;
  /** Fingerprints of the subscription that was quoted and of the invoice that was previewed. */
  state: string;
  money: string;
  currency: string;
  total: number;
  amountDue: number;
  expiresAt: number;
}

export function signQuote(secret: string, content: QuoteContent): string {
  const body = Buffer.from(JSON.stringify(content)).toString("base64url");
  return `${body}.${seal(secret, body).toString("base64url")}`;
}

/** Null for what we have not signed. */
export function openQuote(secret: string, token: string): QuoteContent | null {
  const [body = "", signature = "", ...rest] = token.split(".");
  const given = Buffer.from(signature, "base64url");
  const ours = seal(secret, body);
  if (rest.length > 0 || given.length !== ours.length || !timingSafeEqual(given, ours)) return null;
  return JSON.parse(Buffer.from(body, "base64url").toString()) as QuoteContent;
}

const seal = (secret: string, body: string) =>
  createHmac("sha256", secret).update(`farebox quote\n${body}`).digest();
