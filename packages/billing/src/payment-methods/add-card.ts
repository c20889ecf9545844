import type Stripe from "stripe";
import { ensureStripeCustomer } from "../customers/ensure-stripe-customer";
import { carryOutOnce } from "../operations/carry-out-once";
import { operationMetadata } from "../operations/reserve";
import { limitTo } from "../rate-limits/limit-to";
import { toBillingError } from "../stripe/errors";
import type { CustomerCtx } from "../trpc/procedures";
import type { AddCardInput, CardSetup } from "./schemas";

/** Opens the form's Setup Intent, once: a reload or another try gets the same secret. */
export async function addCard(ctx: CustomerCtx, { operationId: id }: AddCardInput): Promise<CardSetup> {
  const { customerId } = ctx.actor;
  await limitTo(ctx.limits.cards, customerId, "to save a card in this account");
  const customer = await ensureStripeCustomer(ctx, customerId);
  const params: Stripe.SetupIntentCreateParams = {
    customer,
    usage: "off_session",
    automatic_payment_methods: { enabled: true },
    metadata: operationMetadata(id, customerId),
  };
  const asked = { id, kind: "setup_create", customerId, request: { saveCard: true } } as const;
  const { operation, answer } = await carryOutOnce(ctx, asked, async () => ({ params }));
  const intent = answer
    ? (answer as Stripe.SetupIntent)
    : await retrieve(ctx, operation.stripeObjectId ?? "");
  if (!intent.client_secret) throw new Error(`setup intent ${intent.id} came without its secret`);
  return { setupIntentId: intent.id, clientSecret: intent.client_secret, status: intent.status };
}

async function retrieve({ stripe }: CustomerCtx, id: string): Promise<Stripe.SetupIntent> {
  try {
    return await stripe.setupIntents.retrieve(id);
  } catch (error) {
    throw toBillingError(error);
  }
}
