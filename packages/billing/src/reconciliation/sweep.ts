import type { Billing } from "../context";
import { type Progress, saveProgress } from "../db/sql/reconcile-runs";
import { forgetSeen, notSeen, rememberSeen } from "../db/sql/reconciliation";
import { inTransaction, rolledBack } from "../db/sql/transaction";
import { instant } from "../stripe/fields";
import { withPriority } from "../stripe/pace";
import { ownObject } from "../webhooks/objects";
import { checkObject } from "./check-object";
import { applyAndCompare } from "./compare";
import { fill } from "./fill";
import type { Found, Page, Source } from "./sources";
import { mirrorTables } from "./tables";

export interface Pass {
  runId: string;
  /** A backfill writes what is not here and looks no closer; a sweep compares everything, in both directions. */
  kind: "sweep" | "backfill";
  repairs: boolean;
  pageSize: number;
  isStopping(): boolean;
}

/** All objects of one type, page by page; after each page it can be cut off and go on from there. */
export async function passOver(
  billing: Billing,
  source: Source,
  from: Progress,
  pass: Pass,
): Promise<"done" | "stopped"> {
  let progress = from;
  const reader: Billing = pass.kind === "sweep" ? { ...billing, onlyLooking: true } : billing;
  const read = (after: string | null) => {
    const reading = withPriority("sweep", () => source.page(reader, { after, limit: pass.pageSize }));
    reading.catch(() => undefined);
    return reading;
  };
  for (let reading = read(from.cursor); ; ) {
    if (pass.isStopping()) return "stopped";
    const page = await reading;
    // Stripe is asked for the next page while this one is written.
    if (page.next !== null) reading = read(page.next);
    const filled = pass.kind === "backfill" ? await fill(billing, source.objectType, page.found) : 0;
    const suspects = pass.kind === "sweep" ? await suspectsOf(billing, source.objectType, page.found) : [];
    for (const id of suspects) await checkObject(billing, ownObject(source.objectType, id), pass);
    progress = advanced(progress, page, filled);
    await inTransaction(billing.pool, async (client) => {
      if (pass.kind === "sweep") {
        await rememberSeen(
          client,
          pass.runId,
          source.objectType,
          page.found.map(({ id }) => id),
        );
      }
      await saveProgress(client, progress);
    });
    if (page.next === null) break;
  }
  return pass.kind === "sweep" ? lookForStrays(billing, source.objectType, pass) : "done";
}

/** Which objects of a page may differ. It is thrown away again: the truth is read once more, under the lease. */
async function suspectsOf(billing: Billing, objectType: string, found: readonly Found[]): Promise<string[]> {
  const suspects: string[] = [];
  for (const object of found) {
    const apply = await withPriority("sweep", () => object.apply("latest"));
    const different = await rolledBack(billing.pool, async (client) => {
      const { differences } = await applyAndCompare(client, { objectType, objectId: object.id }, apply);
      return differences.length > 0;
    });
    if (different) suspects.push(object.id);
  }
  return suspects;
}

/** The other direction: rows of what Stripe did not list. */
async function lookForStrays(billing: Billing, objectType: string, pass: Pass): Promise<"done" | "stopped"> {
  const main = mirrorTables[objectType]?.main;
  if (main && !main.ofStripeCustomer) {
    const { runId, pageSize } = pass;
    for (let after = ""; ; ) {
      if (pass.isStopping()) return "stopped";
      const ids = await notSeen(billing.pool, main, { runId, objectType, after, limit: pageSize });
      for (const id of ids) await checkObject(billing, ownObject(objectType, id), pass);
      if (ids.length < pageSize) break;
      after = ids.at(-1) ?? after;
    }
  }
  await forgetSeen(billing.pool, pass.runId, objectType);
  return "done";
}

function advanced(progress: Progress, { found, next }: Page, filled: number): Progress {
  const [first, last] = [found[0], found.at(-1)];
  return {
    ...progress,
    cursor: next,
    listed: progress.listed + found.length,
    filled: progress.filled + filled,
    newestAt: progress.newestAt ?? (first ? instant(first.created) : null),
    reachedAt: last ? instant(last.created) : progress.reachedAt,
  };
}
