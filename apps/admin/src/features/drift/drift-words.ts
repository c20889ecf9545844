import { wordsOf } from "../../lib/words";

const kinds: Record<string, string> = {
  missing_here: "Missing here",
  differs: "Differs",
  unknown_to_stripe: "Not at Stripe",
};

const causes: Record<string, { short: string; long: string }> = {
  event_lost: {
    short: "Event lost",
    long: "It changed at Stripe and no event of that ever came. Is the endpoint subscribed to this type, and was it reachable then?",
  },
  changed_here: {
    short: "Changed here",
    long: "Every event had come and was applied, so our rows were changed by something else than Stripe: a script, a restored backup, a mistake of ours.",
  },
  given_up: {
    short: "Given up",
    long: "It could not be applied and waits for somebody, under Webhook events, Given up.",
  },
};

export const kindText = (kind: string): string => kinds[kind] ?? wordsOf(kind);
export const causeText = (cause: string): string => causes[cause]?.short ?? wordsOf(cause);
export const causeSentence = (cause: string): string => causes[cause]?.long ?? wordsOf(cause);
