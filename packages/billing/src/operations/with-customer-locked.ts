import type { Ctx, Tx } from "../context";

/** Patient, because of many at once all but one wait for the lock. */
export const lockWaits = { maxWait: 10_000, timeout: 10_000 };

/** One at a time per customer. Rows that refer to the customer can still be written meanwhile. */
export const withCustomerLocked = <Result>(
  ctx: Ctx,
  customerId: string,
  work: (tx: Tx) => Promise<Result>,
): Promise<Result> =>
  ctx.db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM customer WHERE id = ${customerId} FOR NO KEY UPDATE`;
    return work(tx);
  }, lockWaits);
