import { AsyncLocalStorage } from "node:async_hooks";
import Stripe from "stripe";
import type { Sandbox } from "../index";

/** One answer as it came over the wire, before the stripe package turns decimals into objects. */
export interface Answer {
  /** The method of the stripe package that asked, such as `subscriptions.create`. */
  asked: string;
  method: string;
  path: string;
  status: number;
  body: unknown;
}

const asking = new AsyncLocalStorage<string>();

/** The unmodified stripe package; every answer it gets is kept, with the name of the method that asked. */
export function recordingClient(sandbox: Sandbox, answers: Answer[], key = sandbox.secretKey): Stripe {
  const stripe = new Stripe(key, {
    host: "127.0.0.1",
    port: sandbox.port,
    protocol: "http",
    telemetry: false,
    maxNetworkRetries: 0,
    httpClient: Stripe.createFetchHttpClient(async (input: RequestInfo | URL, init?: RequestInit) => {
      const response = await fetch(input, init);
      const asked = asking.getStore();
      if (asked === undefined) throw new Error(`Nobody knows which method asked for ${String(input)}.`);
      const { pathname } = new URL(String(input));
      const text = await response.clone().text();
      const json = response.headers.get("content-type")?.startsWith("application/json");
      const body: unknown = json ? JSON.parse(text) : undefined;
      answers.push({ asked, method: init?.method ?? "GET", path: pathname, status: response.status, body });
      return response;
    }),
  });
  return named(stripe, []);
}

/** Calls run in a context that knows their name; auto-paging asks from outside of it and is refused. */
function named<T extends object>(target: T, path: string[]): T {
  return new Proxy(target, {
    get(_target, key) {
      const value: unknown = Reflect.get(target, key, target);
      if (typeof key !== "string") return value;
      const here = [...path, key];
      if (typeof value === "function")
        return (...args: unknown[]) => asking.run(here.join("."), () => Reflect.apply(value, target, args));
      return typeof value === "object" && value !== null ? named(value, here) : value;
    },
  });
}
