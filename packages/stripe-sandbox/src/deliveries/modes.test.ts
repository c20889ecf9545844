import { afterEach, beforeEach, expect, it } from "vitest";
import { type Receiver, type Started, start, startReceiver } from "../testing/start";

let world: Started;
let receiver: Receiver;

beforeEach(async () => {
  receiver = await startReceiver();
  world = await start({ forward: [{ url: receiver.url, secret: receiver.secret }] });
});
afterEach(async () => {
  await world.sandbox.close();
  await receiver.close();
});

async function makeProducts(count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let at = 0; at < count; at++) ids.push((await world.stripe.products.create({ name: `p${at}` })).id);
  return ids;
}

const received = () => receiver.received.map(({ event }) => (event.data.object as { id: string }).id);

it.each([
  ["emitted", undefined],
  ["reversed", undefined],
  ["shuffled", 7],
] as const)("releases what it held one after the other, %s", async (order, seed) => {
  world.sandbox.deliveryMode("hold");
  const ids = await makeProducts(12);
  await world.sandbox.settled();
  expect(received()).toEqual([]);
  world.sandbox.release({ order, ...(seed && { seed }) });
  await world.sandbox.settled();
  const expected = order === "reversed" ? ids.toReversed() : ids;
  if (order !== "shuffled") expect(received()).toEqual(expected);
  else expect(received()).not.toEqual(ids);
  expect(received().toSorted()).toEqual(ids.toSorted());
});

it("shuffles the same way for the same seed", async () => {
  const orders: number[][] = [];
  for (const _round of [1, 2]) {
    world.sandbox.deliveryMode("hold");
    const ids = await makeProducts(8);
    receiver.received = [];
    world.sandbox.release({ order: "shuffled", seed: 42 });
    await world.sandbox.settled();
    orders.push(received().map((id) => ids.indexOf(id)));
  }
  expect(orders[0]).toEqual(orders[1]);
});

it("shuffles and duplicates at once without losing any", async () => {
  await world.post("/_sandbox/delivery_mode", { modes: ["shuffle", "duplicate"], windowMs: 60, seed: 3 });
  const ids = await makeProducts(10);
  await world.sandbox.settled();
  expect(received()).not.toEqual(ids.flatMap((id) => [id, id]));
  expect(received().toSorted()).toEqual(ids.flatMap((id) => [id, id]).toSorted());
  expect((await world.stripe.events.list({ delivery_success: false })).data).toEqual([]);
});

it("delays a delivery by what was asked", async () => {
  world.sandbox.deliveryMode("delay", { delayMs: 120 });
  const started = Date.now();
  await makeProducts(1);
  await world.sandbox.settled();
  expect(Date.now() - started).toBeGreaterThanOrEqual(115);
  expect(received()).toHaveLength(1);
});

it("drops so many of these events, which are then found undelivered and can be sent again", async () => {
  world.sandbox.deliveryMode("drop", { types: ["product.created"], times: 1 });
  await world.stripe.customers.create({});
  const [lost = "", kept = ""] = await makeProducts(2);
  await world.sandbox.settled();
  expect(receiver.types().toSorted()).toEqual(["customer.created", "product.created"]);
  expect(received()).toContain(kept);
  const [event] = (await world.stripe.events.list({ delivery_success: false })).data;
  expect(event).toMatchObject({ data: { object: { id: lost } } });
  world.sandbox.resend(event?.id ?? "");
  await world.sandbox.settled();
  expect(received()).toContain(lost);
  expect((await world.stripe.events.list({ delivery_success: false })).data).toEqual([]);
});

it("makes a second event object for one change", async () => {
  world.sandbox.deliveryMode("twin", { times: 1 });
  const [id = ""] = await makeProducts(1);
  await makeProducts(1);
  await world.sandbox.settled();
  const [first, second, ...rest] = receiver.received.map(({ event }) => event);
  expect(rest).toHaveLength(1);
  const pair = receiver.received.filter(({ event }) => (event.data.object as { id: string }).id === id);
  expect(pair).toHaveLength(2);
  expect(first?.id).not.toBe(second?.id);
  expect(pair[0]?.event.request?.id).toBe(pair[1]?.event.request?.id);
  expect((await world.stripe.events.list()).data).toHaveLength(3);
});

it("keeps one endpoint that hangs from delaying another", async () => {
  const { createServer } = await import("node:http");
  const hanging = createServer(() => undefined).listen(0, "127.0.0.1");
  await new Promise((resolve) => hanging.once("listening", resolve));
  const { port } = hanging.address() as { port: number };
  world.sandbox.forward({ url: `http://127.0.0.1:${port}/`, secret: "whsec_x" });
  const ids = await makeProducts(20);
  while (receiver.received.length < ids.length) await new Promise((resolve) => setTimeout(resolve, 5));
  hanging.closeAllConnections();
  hanging.close();
});

it("records what was sent and what came back", async () => {
  receiver.answers = [503];
  await makeProducts(1);
  await world.sandbox.settled();
  const answer = await fetch(`${world.sandbox.url}/_sandbox/deliveries?limit=2`);
  const records = (await answer.json()) as Record<string, unknown>[];
  expect(records).toMatchObject([
    { type: "product.created", url: receiver.url, attempt: 1, status: 503, answer: "seen" },
    { attempt: 2, status: 200, error: null, body: receiver.received[1]?.body },
  ]);
  expect(world.sandbox.deliveries()).toEqual(records);
});

it.each([
  ["/_sandbox/delivery_mode", { modes: ["hold", "chaos"] }],
  ["/_sandbox/delivery_mode", { mode: "drop", types: "all" }],
  ["/_sandbox/delivery_mode", { mode: "delay", delayMs: "long" }],
  ["/_sandbox/release", { order: "sideways" }],
  ["/_sandbox/release", { order: "shuffled", seed: "x" }],
  ["/_sandbox/events/evt_1/resend", { endpoint: 5 }],
  ["/_sandbox/endpoints/we_1/roll_secret", { old_seconds: "x" }],
])("refuses %s %j with a reason", async (path, body) => {
  const response = await world.post(path, body);
  expect(response.status).toBe(400);
  expect(((await response.json()) as { error: { message: string } }).error.message).toBeTruthy();
});
