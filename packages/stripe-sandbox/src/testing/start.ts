import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import Stripe from "stripe";
import { createSandbox, type Sandbox, type SandboxOptions } from "../index";

export interface Received {
  body: string;
  headers: IncomingHttpHeaders;
  event: Stripe.Event;
}

export interface Receiver {
  url: string;
  secret: string;
  received: Received[];
  /** Those that came thin. */
  thin: { body: string; notification: Stripe.V2.Core.EventNotification }[];
  types(): string[];
  /** What to answer, one after the other; 200 when none is left. */
  answers: number[];
  close(): Promise<void>;
}

/** A webhook endpoint that accepts only what the stripe package verifies. */
export async function startReceiver(secret = "whsec_receiver"): Promise<Receiver> {
  const stripe = new Stripe("sk_test_receiver");
  const receiver: Receiver = {
    url: "",
    secret,
    received: [],
    thin: [],
    types: () => receiver.received.map(({ event }) => event.type),
    answers: [],
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks).toString("utf8");
      const signature = String(request.headers["stripe-signature"]);
      if (JSON.parse(body).object === "v2.core.event") {
        const notification = stripe.parseEventNotification(body, signature, receiver.secret);
        receiver.thin.push({ body, notification });
      } else {
        const event = stripe.webhooks.constructEvent(body, signature, receiver.secret);
        receiver.received.push({ body, headers: request.headers, event });
      }
      response.writeHead(receiver.answers.shift() ?? 200).end("seen");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  return receiver;
}

export interface Started {
  sandbox: Sandbox;
  stripe: Stripe;
  post(path: string, body: object): Promise<Response>;
  /** As the browser does: publishable key, form body, client secret. */
  browse(path: string, params?: Record<string, string>): Promise<{ status: number; body: Json }>;
  advance(seconds: number): Promise<void>;
  eventTypes(from?: string): Promise<string[]>;
}
export type Json = Record<string, unknown> & { error?: Record<string, unknown> };

export function clientOf(sandbox: Sandbox, key = sandbox.secretKey): Stripe {
  return new Stripe(key, { host: "127.0.0.1", port: sandbox.port, protocol: "http", telemetry: false });
}

export async function start(options: SandboxOptions = {}): Promise<Started> {
  const sandbox = await createSandbox({ port: 0, settleDelayMs: 5, retryDelaysMs: [5, 10, 20], ...options });
  const stripe = clientOf(sandbox);
  const post = (path: string, body: object) =>
    fetch(`${sandbox.url}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  return {
    sandbox,
    stripe,
    post,
    async browse(path, params) {
      const response = await fetch(`${sandbox.url}${path}`, {
        method: params ? "POST" : "GET",
        headers: {
          authorization: "Bearer pk_test_browser",
          ...(params && { "content-type": "application/x-www-form-urlencoded" }),
        },
        ...(params && { body: new URLSearchParams(params) }),
      });
      return { status: response.status, body: (await response.json()) as Json };
    },
    async advance(seconds) {
      await post("/_sandbox/advance", { seconds });
    },
    async eventTypes(from) {
      const events = await stripe.events.list({ limit: 100 });
      const types = events.data.map((event): string => event.type).reverse();
      return from ? types.slice(types.lastIndexOf(from)) : types;
    },
  };
}

export function cardParams(number: string): Record<string, string> {
  return {
    "payment_method_data[type]": "card",
    "payment_method_data[card][number]": number,
    "payment_method_data[card][exp_month]": "12",
    "payment_method_data[card][exp_year]": "40",
    "payment_method_data[card][cvc]": "123",
  };
}
