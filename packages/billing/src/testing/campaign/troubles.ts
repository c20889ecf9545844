import { pollEvents } from "../../reconciliation/poll-events";
import { requestSweep, workOnRun } from "../../reconciliation/run";
import type { Moment } from "./moment";

const modes = ["duplicate", "shuffle", "delay", "twin", "hold"] as const;
const wrongBy = 600_000;

/** Less than the time after which everything is looked at once more. */
const mostStaleMs = 80;

type Trouble = (moment: Moment) => unknown;

const disturbed = (moment: Moment, fields: object) => {
  const { world, numbers } = moment;
  const chance = 0.2 + (numbers[1] % 5) / 10;
  world.sandbox.fault({ path: "/v1/*", times: (numbers[2] % 6) + 1, chance, seed: numbers[0], ...fields });
};

/** What goes wrong between Stripe and us, and in our own house. */
export const troubles: Record<string, Trouble> = {
  disorder({ world, numbers }) {
    const chosen = modes.filter((_, at) => (numbers[0] >> at) % 2);
    world.sandbox.deliveryMode(chosen, {
      seed: numbers[1],
      windowMs: numbers[2] % 150,
      delayMs: numbers[1] % 120,
    });
  },
  release({ world, numbers, one }) {
    world.sandbox.release({ order: one(["emitted", "reversed", "shuffled"] as const), seed: numbers[1] });
  },
  drop({ world, numbers }) {
    world.sandbox.deliveryMode("drop", { times: (numbers[1] % 6) + 1 });
  },
  calm: ({ world }) => world.sandbox.deliveryMode("normal"),
  async again({ world, stripe, one }) {
    const { data } = await stripe.events.list({ limit: 20 });
    world.sandbox.resend(one(data).id);
  },
  busy: (moment) => disturbed(moment, { status: 429, method: "GET" }),
  locked: (moment) => disturbed(moment, { status: 409, code: "lock_timeout" }),
  broken: (moment) => disturbed(moment, { status: 500 }),
  cutOff: (moment) => disturbed(moment, { reset: true }),
  noAnswer: (moment) => disturbed(moment, { dropAfterCommit: true, method: "POST" }),
  slow: (moment) => disturbed(moment, { holdMs: 40 + (moment.numbers[1] % 200), method: "GET" }),
  stale({ world, numbers }) {
    world.sandbox.fault({ path: "/v1/*", staleMs: 20 + (numbers[1] % (mostStaleMs - 20)) });
  },
  pause: ({ world, numbers }) => world.fleet.pause(numbers[0], 100 + (numbers[1] % 1_400)),
  kill: ({ world, numbers }) => world.fleet.kill(numbers[0]),
  wrongClock: ({ world, numbers }) => world.fleet.skew(numbers[0] % 2, numbers[1] % 2 ? wrongBy : -wrongBy),
  /** Half of all connections to the database break, whatever runs on them. */
  async severed({ world, numbers }) {
    await world.billing.pool.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid() AND pid % 2 = $1`,
      [numbers[0] % 2],
    );
  },
  poll: ({ world, meanwhile }) => meanwhile(pollEvents(world.billing)),
  sweep({ world, meanwhile, one }) {
    const kind = one(["sweep", "backfill"] as const);
    const run = { kind, repairs: true, requestedBy: "campaign" };
    meanwhile(requestSweep(world.billing, run).then(() => workOnRun(world.billing, () => false)));
  },
};

/** Killing costs a start, sweeping a look at everything: they are rare, in many histories. */
export const oftenTroubles = [
  "disorder",
  "disorder",
  "disorder",
  "disorder",
  "release",
  "drop",
  "calm",
  "again",
  "busy",
  "busy",
  "locked",
  "broken",
  "broken",
  "cutOff",
  "cutOff",
  "noAnswer",
  "noAnswer",
  "slow",
  "stale",
  "stale",
  "pause",
  "pause",
  "severed",
  "poll",
];
export const rareTroubles = ["kill", "wrongClock", "sweep"];
