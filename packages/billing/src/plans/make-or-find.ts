import Stripe from "stripe";

/** Of two applies at once one makes it, and the other finds it. */
export async function makeOrFind<Made>(
  make: () => Promise<Made>,
  list: () => AsyncIterable<Made>,
  isIt: (candidate: Made) => boolean,
): Promise<Made> {
  try {
    return await make();
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error;
    for await (const candidate of list()) if (isIt(candidate)) return candidate;
    throw error;
  }
}

export const isTaken = (error: unknown): boolean =>
  error instanceof Stripe.errors.StripeInvalidRequestError && error.code === "resource_already_exists";
