import { randomUUID } from "node:crypto";
import type { Ctx } from "../context";
import { carryOutOnce } from "../operations/carry-out-once";
import { refreshNow } from "../webhooks/refresh-now";

interface Ending {
  customerId: string;
  subscriptionId: string;
  reason: string;
}

/** At once, whatever its state: nothing of it is charged any more. Whoever asks at the same time joins. */
export async function endSubscription(
  ctx: Ctx,
  { customerId, subscriptionId, reason }: Ending,
): Promise<void> {
  const asked = {
    id: randomUUID(),
    kind: "subscription_end",
    customerId,
    request: { subscriptionId },
  } as const;
  await carryOutOnce(ctx, asked, async (tx) => {
    const openSlot = `end:${subscriptionId}`;
    const open = await tx.moneyOperation.findFirst({ where: { customerId, openSlot } });
    return open ?? { params: {}, openSlot, targetId: subscriptionId, reason };
  });
  await refreshNow(ctx, "subscription", subscriptionId);
}
