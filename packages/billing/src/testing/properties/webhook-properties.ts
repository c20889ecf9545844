import { createSandbox, type Sandbox } from "@farebox/stripe-sandbox";
import Stripe from "stripe";
import { webhookRules } from "./webhook-rules";

/** Where the handler finds Stripe, and what signs the events it will be sent. */
export interface StripeToHandle {
  apiBase: string;
  secretKey: string;
  webhookSecret: string;
}

/** A webhook handler, ours or anybody's, as it looks from outside. */
export interface HandlerUnderTest {
  /** The exact body and the `stripe-signature` header; answers the HTTP status. */
  receive(body: string, header: string): Promise<number>;
  /** What it keeps as the name of a Stripe customer now; null when it keeps none, or keeps it as deleted. */
  customerName(id: string): Promise<string | null>;
  /** Resolves when what was acknowledged is done with. */
  quiet(): Promise<void>;
  /** Takes away whatever it stores things in, and gives it back. */
  breakStorage(): Promise<void>;
  mendStorage(): Promise<void>;
  close(): Promise<void>;
}

export interface WebhookProperty {
  id: string;
  says: string;
  /** Rejects with what was wrong. */
  check(): Promise<void>;
}

/** What a rule may use while it is tried. */
export interface Trial {
  handler: HandlerUnderTest;
  sandbox: Sandbox;
  stripe: Stripe;
  webhookSecret: string;
  /** Decides orders and repetitions; the same for the same number of the run. */
  seed: number;
}

const webhookSecret = "whsec_of_the_properties";

/**
 * What every handler of Stripe's webhooks should hold. Each property opens a handler of its own beside a sandbox of its
 * own, so they may run in any order: `it.each(webhookProperties(open))("$id: $says", ({ check }) => check())`.
 */
export const webhookProperties = (
  open: (stripe: StripeToHandle) => Promise<HandlerUnderTest>,
  { seed = 1 }: { seed?: number } = {},
): WebhookProperty[] =>
  webhookRules.map(({ id, says, holds }) => ({
    id,
    says,
    async check() {
      const sandbox = await createSandbox();
      try {
        const { url: apiBase, secretKey } = sandbox;
        const handler = await open({ apiBase, secretKey, webhookSecret });
        const stripe = new Stripe(secretKey, { host: "127.0.0.1", port: sandbox.port, protocol: "http" });
        try {
          await holds({ handler, sandbox, stripe, webhookSecret, seed });
        } finally {
          await handler.close();
        }
      } finally {
        await sandbox.close();
      }
    },
  }));
