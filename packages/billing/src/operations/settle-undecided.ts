import type { Billing } from "../context";
import { takeLateOperations } from "../db/sql/operations";
import { carryOutAgain } from "./carry-out";
import { isUndecided } from "./rules";

/** Ends the doubt about operations whose process died or whose answer was lost. Returns how many it looked at. */
export async function settleUndecided(
  billing: Billing,
  options: { afterMs: number; limit?: number; isStopping?: () => boolean },
): Promise<number> {
  const late = await takeLateOperations(billing.pool, {
    afterMs: options.afterMs,
    limit: options.limit ?? 20,
  });
  for (const { customerId, id } of late) {
    if (options.isStopping?.()) break;
    const operation = await billing.db.moneyOperation.findUniqueOrThrow({
      where: { customerId_id: { customerId, id } },
    });
    if (!isUndecided(operation)) continue;
    try {
      await carryOutAgain(billing, operation);
      billing.log.info({ operationId: id, kind: operation.kind }, "late operation settled");
    } catch (error) {
      billing.log.warn({ err: error, operationId: id, kind: operation.kind }, "late operation not settled");
    }
  }
  return late.length;
}
