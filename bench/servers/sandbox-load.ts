import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createSandbox } from "@farebox/stripe-sandbox";
import Stripe from "stripe";
import { answeredPerSecond, repeatFor, requestBytes } from "../load";
import { residentMb } from "../resident";

/** The sandbox, or an echo of its answers, with its load in the same process, as tests have it. */
const connections = 8;
const creationsPerRound = 400;
const readMs = 1_500;
const side = process.argv[2];

const sandbox = await createSandbox();
const stripe = new Stripe(sandbox.secretKey, {
  host: "127.0.0.1",
  port: sandbox.port,
  protocol: "http",
  telemetry: false,
});
const { id: price } = await stripe.prices.create({
  currency: "usd",
  unit_amount: 4900,
  recurring: { interval: "month" },
  product_data: { name: "Growth" },
});
const customer = await newCustomer();
const sampleRequest = creation(customer);
const sample = await answerTo(sampleRequest);
const { id: subscription } = JSON.parse(sample) as { id: string };
const reading = requestBytes(`GET /v1/subscriptions/${subscription}`, headers());
const echo = side === "echo" ? await echoOf(sample, await answerTo(reading)) : null;
const port = echo ?? sandbox.port;

const work: Record<string, () => Promise<number>> = {
  async create() {
    const names = Array.from({ length: creationsPerRound }, () => (echo ? customer : newCustomer()));
    const waiting = (await Promise.all(names)).map(creation);
    return answeredPerSecond({ port, connections, next: () => waiting.pop() });
  },
  read: () => answeredPerSecond({ port, connections, next: repeatFor(readMs, reading) }),
};

process.on("message", async (message) => {
  const value = await work[String(message)]?.();
  process.send?.({ value, residentMb: residentMb(process.pid) });
});
process.on("disconnect", () => process.exit(1));

async function newCustomer(): Promise<string> {
  return (await stripe.customers.create({ name: "Bench", email: "bench@customer.example" })).id;
}

function headers(): Record<string, string> {
  return { authorization: `Bearer ${sandbox.secretKey}` };
}

/** What the product sends when a checkout opens. */
function creation(of: string): Buffer {
  const body = new URLSearchParams({
    customer: of,
    "items[0][price]": price,
    payment_behavior: "default_incomplete",
    "payment_settings[save_default_payment_method]": "on_subscription",
    "expand[0]": "latest_invoice.confirmation_secret",
    "metadata[operation_id]": crypto.randomUUID(),
  }).toString();
  return requestBytes(
    "POST /v1/subscriptions",
    {
      ...headers(),
      "content-type": "application/x-www-form-urlencoded",
      "idempotency-key": crypto.randomUUID(),
    },
    body,
  );
}

/** Through fetch, from the same bytes that the load will send. */
async function answerTo(request: Buffer): Promise<string> {
  const [head = "", body] = request.toString().split("\r\n\r\n");
  const [line = "", ...lines] = head.split("\r\n");
  const [method, path] = line.split(" ");
  const given = lines.map((text) => text.split(": ") as [string, string]);
  const sent = Object.fromEntries(given.filter(([name]) => !["host", "content-length"].includes(name)));
  const answer = await fetch(`${sandbox.url}${path}`, {
    method: method ?? "GET",
    headers: sent,
    ...(body ? { body } : {}),
  });
  if (answer.status !== 200) throw new Error(`${line}: ${answer.status} ${await answer.text()}`);
  return answer.text();
}

async function echoOf(created: string, read: string): Promise<number> {
  const server = createServer((request, response) => {
    const answer = request.method === "POST" ? created : read;
    request.resume().on("end", () => {
      response.writeHead(200, {
        "content-type": "application/json",
        "content-length": Buffer.byteLength(answer),
      });
      response.end(answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}
