import fc from "fast-check";
import Stripe from "stripe";
import type { Sandbox } from "../index";
import { acts, type Made } from "./history-acts";

/** One thing somebody does; the numbers choose to whom and how, among what there is by then. */
export interface Step {
  act: keyof typeof acts;
  numbers: [number, number, number];
}
export type History = Step[];

const often = [
  "subscribe",
  "change",
  "wait",
  "wait",
  "sell",
  "sell",
  "pay",
  "giveBack",
  "charge",
  "refund",
  "latest",
];

export function histories(length: { minLength: number; maxLength: number }): fc.Arbitrary<History> {
  const act = fc.constantFrom(...Object.keys(acts), ...often);
  const numbers = fc.tuple(fc.nat(99_999), fc.nat(99_999), fc.nat(99_999));
  return fc.array(fc.record({ act, numbers }), length);
}

/** Lives through it on an empty sandbox. What Stripe would refuse is refused and forgotten; a crash is not. */
export async function live(sandbox: Sandbox, history: History): Promise<void> {
  sandbox.reset();
  const stripe = clientInProcess(sandbox);
  const made: Made = {
    clocks: [],
    customers: [],
    cards: [],
    prices: [],
    subscriptions: [],
    invoices: [],
    payments: [],
    coupons: [],
    schedules: [],
  };
  const opening: History = ["offer", "offer", "meet", "meet", "subscribe", "latest"].map((act, at) => ({
    act,
    numbers: [at, at + 1, at],
  }));
  for (const { act, numbers } of [...opening, ...history]) {
    const one = <T>(values: readonly T[], at: 0 | 1 | 2 = 0): T => {
      const value = values[numbers[at] % values.length];
      if (value === undefined) throw new NothingYet();
      return value;
    };
    await (async () => acts[act]?.({ stripe, made, one, numbers }))().catch(unlessRefused);
  }
  await sandbox.settled();
}

class NothingYet extends Error {}

function unlessRefused(error: unknown): void {
  const refused = error instanceof Stripe.errors.StripeError && (error.statusCode ?? 500) < 500;
  if (!refused && !(error instanceof NothingYet)) throw error;
}

function clientInProcess(sandbox: Sandbox): Stripe {
  const fetch = (input: RequestInfo | URL, init?: RequestInit) => sandbox.fetch(new Request(input, init));
  return new Stripe(sandbox.secretKey, {
    host: "127.0.0.1",
    protocol: "http",
    telemetry: false,
    maxNetworkRetries: 0,
    httpClient: Stripe.createFetchHttpClient(fetch),
  });
}
