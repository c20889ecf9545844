import { z } from "zod";

/** What changed for a customer; the browser refetches the queries of these nouns. */
export const liveNouns = [
  "subscriptions",
  "invoices",
  "payments",
  "refunds",
  "payment_methods",
  "customers",
  "members",
  "disputes",
  "credits",
] as const;
export type LiveNoun = (typeof liveNouns)[number];

export interface Change {
  /** "*" when any customer may have changed: messages were missed while a connection was down. */
  customerId: string;
  nouns: LiveNoun[];
}

/** A change as it travels from process to process: as text. */
export const ChangeMessage = z
  .string()
  .transform((text, { addIssue }) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      addIssue("not JSON");
      return z.NEVER;
    }
  })
  .pipe(z.object({ customerId: z.string(), nouns: z.array(z.enum(liveNouns)) }));

/** tRPC sends the id of the last event a reconnecting browser has seen. */
export const LiveChangesInput = z.object({ lastEventId: z.string().max(100).nullish() }).optional();
export type LiveChangesInput = z.infer<typeof LiveChangesInput>;
