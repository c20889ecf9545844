import { setTimeout as delay } from "node:timers/promises";
import type Stripe from "stripe";
import { randomOf } from "../campaign/random";
import { event, sign, thinEvent } from "../signed-event";
import type { Trial } from "./webhook-properties";

interface Rule {
  id: string;
  says: string;
  holds(trial: Trial): Promise<void>;
}

const orders = 12;
const isSuccess = (status: number) => status >= 200 && status < 300;

function demand(condition: boolean, otherwise: string): void {
  if (!condition) throw new Error(otherwise);
}

const send = ({ handler, webhookSecret }: Trial, body: string, timestamp?: number) =>
  handler.receive(body, sign(body, { secret: webhookSecret, timestamp }));

/** As Stripe does: again, until it was taken. */
async function deliver(trial: Trial, body: string): Promise<void> {
  for (let attempt = 0; attempt < 20; attempt++) {
    if (isSuccess(await send(trial, body))) return;
    await delay(25);
  }
  throw new Error("a genuine event was never taken");
}

/** A customer whose name was changed twice within a second, and the events about that. */
async function renamed({ stripe, seed }: Trial): Promise<{ id: string; name: string; bodies: string[] }> {
  const name = `Third ${seed}`;
  const { id } = await stripe.customers.create({ name: "First" });
  await stripe.customers.update(id, { name: "Second" });
  await stripe.customers.update(id, { name });
  return { id, name, bodies: await eventsAbout(stripe, id) };
}

/** A customer nobody has changed yet, and the one event about that. */
async function made({ stripe }: Trial): Promise<{ id: string; name: string; body: string }> {
  const name = "Only";
  const { id } = await stripe.customers.create({ name });
  const [body = ""] = await eventsAbout(stripe, id);
  return { id, name, body };
}

async function eventsAbout(stripe: Stripe, id: string): Promise<string[]> {
  const { data } = await stripe.events.list({ limit: 100 });
  const about = data.filter(({ data: { object } }) => (object as { id?: string }).id === id);
  return about.toReversed().map((one) => JSON.stringify(one));
}

async function demandName({ handler }: Trial, id: string, name: string | null, when: string): Promise<void> {
  await handler.quiet();
  const kept = await handler.customerName(id);
  demand(kept === name, `${when}: keeps the name ${JSON.stringify(kept)} and not ${JSON.stringify(name)}`);
}

function shuffled<T>(values: readonly T[], seed: number): T[] {
  const random = randomOf(seed);
  const again = values.filter(() => random.chance(0.3));
  return [...values, ...again]
    .map((value) => ({ value, place: random.next() }))
    .sort((one, other) => one.place - other.place)
    .map(({ value }) => value);
}

export const webhookRules: readonly Rule[] = [
  {
    id: "B01",
    says: "what Stripe did not sign, or signed long ago, is refused and changes nothing",
    async holds(trial) {
      const { handler } = trial;
      const { id, bodies } = await renamed(trial);
      const [body = ""] = bodies;
      const now = Math.floor(Date.now() / 1000);
      const refused = {
        "another secret": sign(body, { secret: "whsec_of_somebody" }),
        "an empty secret": sign(body, { secret: "" }),
        "no header": "",
        "a signature of an hour ago": sign(body, { secret: trial.webhookSecret, timestamp: now - 3_600 }),
        "a signature of another body": sign(`${body} `, { secret: trial.webhookSecret }),
      };
      for (const [what, header] of Object.entries(refused)) {
        const status = await handler.receive(body, header).catch(() => 500);
        demand(status >= 400 && status < 500, `${what} is answered with ${status}`);
      }
      await demandName(trial, id, null, "after forgeries only");
    },
  },
  {
    id: "C01",
    says: "one event fifty times at once is taken each time",
    async holds(trial) {
      const { id, name, body } = await made(trial);
      const statuses = await Promise.all(Array.from({ length: 50 }, () => send(trial, body)));
      demand(statuses.every(isSuccess), `answers ${[...new Set(statuses)].join(", ")}`);
      await demandName(trial, id, name, "afterwards");
    },
  },
  {
    id: "C03",
    says: "changes within one second end as they are at Stripe, in whatever order and however often they are told",
    async holds(trial) {
      for (let run = 0; run < orders; run++) {
        const { id, name, bodies } = await renamed({ ...trial, seed: trial.seed + run });
        const order = shuffled(bodies, trial.seed + run);
        for (const body of order) await deliver(trial, body);
        const said = order.map((body) => bodies.indexOf(body) + 1).join(" ");
        await demandName(trial, id, name, `in the order ${said}`);
      }
    },
  },
  {
    id: "F08",
    says: "an event that could not be stored is not acknowledged, and is not lost",
    async holds(trial) {
      const { id, name, body } = await made(trial);
      await trial.handler.breakStorage();
      const status = await send(trial, body).catch(() => 500);
      demand(!isSuccess(status), `without its storage it answers ${status}`);
      await trial.handler.mendStorage();
      await deliver(trial, body);
      await demandName(trial, id, name, "once it can store again");
    },
  },
  {
    id: "F11",
    says: "what it does not know is taken, because Stripe would only send it again",
    async holds(trial) {
      const unknown = {
        "a new type": event({ type: "brand.new", object: { object: "brand_new", id: "bn_1" } }),
        "an object without an id": event({ type: "invoice.upcoming", object: { object: "invoice" } }),
        "a thin event": thinEvent({ type: "v1.brand.new", related: { type: "brand_new", id: "bn_1" } }),
      };
      for (const [what, body] of Object.entries(unknown)) {
        const status = await send(trial, body).catch(() => 500);
        demand(isSuccess(status), `${what} is answered with ${status}`);
      }
    },
  },
  {
    id: "T12",
    says: "an event that comes days late is taken and sets nothing back",
    async holds(trial) {
      const { id, name, bodies } = await renamed(trial);
      for (const body of bodies) await deliver(trial, body);
      await demandName(trial, id, name, "before");
      await deliver(trial, bodies[0] ?? "");
      const created = Math.floor(Date.now() / 1000) - 3 * 86_400;
      await deliver(trial, JSON.stringify({ ...JSON.parse(bodies[0] ?? ""), id: "evt_late", created }));
      await demandName(trial, id, name, "after the late one");
    },
  },
  {
    id: "B12",
    says: "what was deleted stays deleted, though the news of its life come last",
    async holds(trial) {
      const { id } = await renamed(trial);
      await trial.stripe.customers.del(id);
      for (const body of (await eventsAbout(trial.stripe, id)).toReversed()) await deliver(trial, body);
      await demandName(trial, id, null, "after the deletion");
    },
  },
  {
    id: "C15",
    says: "an answer of Stripe's that was held back is not the last word",
    async holds(trial) {
      const { stripe, sandbox } = trial;
      const { id } = await stripe.customers.create({ name: "Before" });
      sandbox.fault({ path: "/v1/customers/*", method: "GET", holdMs: 300 });
      for (const body of await eventsAbout(stripe, id)) await deliver(trial, body);
      await delay(60);
      await stripe.customers.update(id, { name: "After" });
      for (const body of await eventsAbout(stripe, id)) await deliver(trial, body);
      await demandName(trial, id, "After", "after both");
    },
  },
];
