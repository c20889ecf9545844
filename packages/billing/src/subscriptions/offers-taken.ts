import type { Tx } from "../context";
import { notAllowed } from "../errors";
import type { RetentionOffer } from "./change-schemas";

interface Offered {
  customerId: string;
  subscriptionId: string;
}

/** The offers that were taken for this subscription: what an operation asked Stripe for says which it was. */
export async function offersTaken(
  db: Pick<Tx, "moneyOperation">,
  { customerId, subscriptionId }: Offered,
): Promise<Set<string>> {
  const operations = await db.moneyOperation.findMany({
    where: { customerId, targetId: subscriptionId, kind: "subscription_update", state: { not: "failed" } },
    select: { params: true },
  });
  return new Set(operations.flatMap(({ params }) => offerOf(params) ?? []));
}

/** Each offer is for once. */
export async function refuseTaken(
  tx: Pick<Tx, "moneyOperation">,
  { offer, ...offered }: Offered & { offer: RetentionOffer["kind"] },
): Promise<void> {
  if (!(await offersTaken(tx, offered)).has(offer)) return;
  throw notAllowed("offer_taken", "This was used for your plan before, and can be used once.");
}

function offerOf(params: unknown): string | null {
  const { metadata } = params as { metadata?: { retention_offer?: string } };
  return metadata?.retention_offer ?? null;
}
