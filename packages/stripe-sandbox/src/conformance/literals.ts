import type { Answer } from "./record";

/** A value and the type of the stripe package it must have. */
export interface Literal {
  type: string;
  value: unknown;
  /** Where it came from, for people. */
  from: string;
}

type Json = Record<string, unknown>;
export interface SnapshotEvent extends Json {
  type: string;
  data: { object: Json; previous_attributes?: Json };
}

/** What a method answers has the type that the stripe package declares for this method. */
export function literalOf({ asked, method, path, status, body }: Answer): Literal {
  const from = `${asked} (${method} ${path}: ${status})`;
  if (status >= 400) return { type: "{ error: Stripe.StripeRawError }", value: body, from };
  const place = asked.split(".").map((part) => `[${JSON.stringify(part)}]`);
  return { type: `Answer<Stripe${place.join("")}>`, value: body, from };
}

/** The event by its own type, and apart from it the old values, which are parts of what is declared. */
export function literalsOfEvent(event: SnapshotEvent): Literal[] {
  const type = `Extract<Stripe.Event, { type: ${JSON.stringify(event.type)} }>`;
  const { previous_attributes: previous, ...data } = event.data;
  const whole = { type, value: { ...event, data }, from: `event ${event.type}` };
  if (!previous) return [whole];
  return [
    whole,
    { type: `Before<${type}["data"]>`, value: previous, from: `previous_attributes of ${event.type}` },
  ];
}

/** As it travelled to an endpoint that asked for thin events. */
export function literalOfNotification(body: { type: string }): Literal {
  const type = `Extract<Stripe.V2.Core.EventNotification, { type: ${JSON.stringify(body.type)} }>`;
  return { type, value: body, from: `delivery of ${body.type}` };
}

const enumLike = /^[a-z][a-z_.]*[a-z0-9]{0,3}$/;

/** Literals that differ only in ids, times, amounts and words say the same to a compiler. */
export function distinct(literals: Literal[]): Literal[] {
  const seen = new Map<string, Literal>();
  for (const literal of literals) {
    const shape = JSON.stringify([literal.type, literal.value], (_key, value: unknown) => {
      if (typeof value === "number") return Math.sign(value);
      return typeof value === "string" && !enumLike.test(value)
        ? value.replaceAll(/[A-Za-z0-9]+/g, "x")
        : value;
    });
    if (!seen.has(shape)) seen.set(shape, literal);
  }
  return [...seen.values()];
}

/** Every object anywhere inside that says what it is. */
export function objectsIn(value: unknown, found: Json[] = []): Json[] {
  if (typeof value !== "object" || value === null) return found;
  if ("object" in value && typeof value.object === "string") found.push(value as Json);
  for (const child of Object.values(value)) objectsIn(child, found);
  return found;
}
