import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import type { Billing } from "../context";
import { claimOne, markDirty } from "../db/sql/dirty-objects";
import { whileHeld } from "./heartbeat";
import { ownObject } from "./objects";
import { processClaim } from "./process";

const options = { backoffMs: 5_000, verifyAfterMs: 60_000 };

/** For a verb that needs the mirror to be right now. False when that did not work, or another worker is at it too long. */
export async function refreshNow(
  billing: Billing,
  objectType: string,
  objectId: string,
  { leaseMs } = { leaseMs: 30_000 },
): Promise<boolean> {
  const key = ownObject(objectType, objectId);
  await markDirty(billing.pool, key, "user");
  for (let attempt = 0; attempt < 40; attempt++) {
    const mine = { leaseMs, token: randomUUID() };
    const claim = await claimOne(billing.pool, key, mine);
    if (claim) {
      const work = () => processClaim(billing, claim, options);
      return (await whileHeld(billing, [claim], mine, work)) === "applied";
    }
    await delay(50);
  }
  return false;
}
