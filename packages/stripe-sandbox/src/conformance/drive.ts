import type Stripe from "stripe";
import { resources } from "../resources";
import { start } from "../testing/start";
import {
  type Literal,
  literalOf,
  literalOfNotification,
  literalsOfEvent,
  objectsIn,
  type SnapshotEvent,
} from "./literals";
import { type Answer, recordingClient } from "./record";
import type { Scenario } from "./scenarios";

/** Everything a scenario brought to light. */
export interface Captured {
  answers: Answer[];
  events: SnapshotEvent[];
  notifications: { type: string }[];
}

export async function drive(scenario: Scenario): Promise<Captured> {
  const { sandbox } = await start();
  const answers: Answer[] = [];
  const as = (key: string) => recordingClient(sandbox, answers, key);
  try {
    const stripe = as(sandbox.secretKey);
    await scenario(stripe, sandbox, as);
    await sandbox.settled();
    await expandEverything(stripe, answers);
    const stored = await eventsOf(sandbox.url);
    const bodies = sandbox.deliveries().map(({ body }): { object: string; type: string } => JSON.parse(body));
    const notifications = bodies.filter(({ object }) => object === "v2.core.event");
    return { answers, events: stored, notifications };
  } finally {
    await sandbox.close();
  }
}

/** The platform's and those of its accounts. */
async function eventsOf(url: string): Promise<SnapshotEvent[]> {
  const read = async (path: string) => (await fetch(`${url}/_sandbox/objects/${path}`)).json();
  const accounts = (await read("accounts")) as { id: string }[];
  const own = (await read("events")) as SnapshotEvent[];
  const theirs = await Promise.all(accounts.map(({ id }) => read(`events?account=${id}`)));
  return [...own, ...(theirs as SnapshotEvent[][]).flat()];
}

const expansions = new Map(resources.flatMap((resource) => Object.entries(resource.expansions ?? {})));

/** What was retrieved is retrieved again with each field that can be expanded, where there is something in it. */
async function expandEverything(stripe: Stripe, answers: Answer[]): Promise<void> {
  const methods = new Map<string, string>();
  for (const { asked, path, status, body } of answers) {
    const [object] = objectsIn(body);
    if (asked.endsWith(".retrieve") && status === 200 && object?.id === path.split("/").at(-1))
      methods.set(String(object?.object), asked);
  }
  const objects = answers.flatMap(({ body }) => objectsIn(body)).filter(({ id }) => typeof id === "string");
  for (const [kind, asked] of methods) {
    const ofKind = objects.filter(({ object }) => object === kind);
    for (const field of Object.keys(expansions.get(kind) ?? {})) {
      const filled = ofKind.find((one) => isFilled(one, field.split(".")));
      const ids = new Set([filled, ofKind[0], ofKind.at(-1)].flatMap((one) => one?.id ?? []));
      for (const id of ids) await call(stripe, asked, id, { expand: [field] }).catch(unlessGone);
    }
  }
}

/** Whether there is anything at the end of a path; lists may be on the way. */
export function isFilled(value: unknown, [key, ...rest]: string[]): boolean {
  if (Array.isArray(value))
    return value.some((one) => isFilled(one, key === undefined ? [] : [key, ...rest]));
  if (key === undefined) return value !== null && value !== undefined;
  return typeof value === "object" && value !== null && isFilled(Reflect.get(value, key), rest);
}

function unlessGone(error: unknown): void {
  if (!(error instanceof Error && "statusCode" in error && error.statusCode === 404)) throw error;
}

async function call(stripe: Stripe, asked: string, ...args: unknown[]): Promise<void> {
  const path = asked.split(".");
  const method = path.pop() ?? "";
  const owner = path.reduce((value: object, key) => Reflect.get(value, key), stripe);
  await Reflect.apply(Reflect.get(owner, method), owner, args);
}

export function literalsOf({ answers, events, notifications }: Captured): Literal[] {
  return [
    ...answers.filter(({ body }) => body !== undefined).map(literalOf),
    ...events.flatMap(literalsOfEvent),
    ...notifications.map(literalOfNotification),
  ];
}
