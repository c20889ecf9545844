import { AsyncLocalStorage } from "node:async_hooks";
import { setTimeout as delay } from "node:timers/promises";
import type pg from "pg";
import Stripe from "stripe";
import type { Priority } from "../db/sql/dirty-objects";
import { type Bucket, pauseBucket, spareShare, takeToken } from "../db/sql/stripe-budget";
import { resourceOf } from "./resource-of";

/** Reads a second that all processes together may ask of one account, and of one kind of object in it. */
export interface ReadLimit {
  account: number;
  resource: number;
}

const current = new AsyncLocalStorage<Priority>();

/** Who waits for the reads within: a sweep gives way to events, and both to somebody in front of a screen. */
export const withPriority = <Result>(priority: Priority, work: () => Result): Result =>
  current.run(priority, work);

const defaultPauseMs = 1_000;
const longestPauseMs = 60_000;
const askAgainMs = 250;

type Request = Parameters<Stripe.HttpClient["makeRequest"]>;

/**
 * Sends reads no faster than the limit allows, whichever process they come from. A refusal for too many requests stops
 * all processes for as long as Stripe says. Without the database it does not hold anything back.
 */
export function paced(pool: pg.Pool, limit: ReadLimit): Stripe.HttpClient {
  const client = Stripe.createNodeHttpClient();
  const send = client.makeRequest.bind(client);
  return Object.assign(client, {
    async makeRequest(...request: Request) {
      const [, , path, method, headers] = request;
      const account = accountOf(headers);
      if (method === "GET") await admit(pool, bucketsOf(account, path, limit)).catch(() => undefined);
      const response = await send(...request);
      if (response.getStatusCode() === 429) {
        await pauseBucket(pool, account, pauseMs(response.getHeaders())).catch(() => undefined);
      }
      return response;
    },
  });
}

async function admit(pool: pg.Pool, buckets: Bucket[]): Promise<void> {
  const priority = current.getStore() ?? "user";
  if (priority === "sweep") {
    while ((await spareShare(pool, buckets)) < 0.5) await delay(askAgainMs);
  }
  const waitMs = await takeToken(pool, buckets);
  if (priority !== "user" && waitMs > 0) await delay(waitMs);
}

function bucketsOf(account: string, path: string, limit: ReadLimit): Bucket[] {
  return [
    { key: account, rate: limit.account },
    { key: `${account} ${resourceOf(path)}`, rate: limit.resource },
  ];
}

function accountOf(headers: Request[4]): string {
  const named = Object.entries(headers).find(([name]) => name.toLowerCase() === "stripe-account")?.[1];
  return typeof named === "string" ? named : "own";
}

function pauseMs(headers: Record<string, unknown>): number {
  const seconds = Number(headers["retry-after"]);
  return seconds > 0 ? Math.min(seconds * 1000, longestPauseMs) : defaultPauseMs;
}
