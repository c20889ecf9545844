import { type TrackedEnvelope, tracked } from "@trpc/server";
import type { CustomerCtx, StaffCtx } from "../trpc/procedures";
import { type ChangeFeed, everythingChanged } from "./feed";
import type { Change, LiveChangesInput } from "./schemas";

type Changes = AsyncGenerator<TrackedEnvelope<Change>, void>;

/** Only the signed-in customer's changes; "everything" arrives as everything of this customer. */
export function customerChanges(
  ctx: CustomerCtx,
  input: LiveChangesInput,
  signal: AbortSignal | undefined,
): Changes {
  const { customerId } = ctx.actor;
  return follow(ctx.changes, input, signal, (change) =>
    change.customerId === customerId || change.customerId === "*" ? { ...change, customerId } : null,
  );
}

export function allChanges(ctx: StaffCtx, input: LiveChangesInput, signal: AbortSignal | undefined): Changes {
  return follow(ctx.changes, input, signal, (change) => change);
}

/**
 * The first event says from when on nothing is missed. Nothing is replayed, so to a browser that comes back it says
 * that anything may have changed; to a new one it names no nouns.
 */
async function* follow(
  feed: ChangeFeed,
  input: LiveChangesInput,
  signal: AbortSignal | undefined,
  pick: (change: Change) => Change | null,
): Changes {
  const waiting = new Map<string, Change>();
  let wake = () => {};
  const add = (change: Change) => {
    const mine = pick(change);
    if (!mine) return;
    merge(waiting, mine);
    wake();
  };
  const unsubscribe = await feed.subscribe(add);
  const onAbort = () => wake();
  signal?.addEventListener("abort", onAbort);
  try {
    add(input?.lastEventId ? everythingChanged : { ...everythingChanged, nouns: [] });
    for (let sequence = 1; !signal?.aborted; ) {
      for (const change of take(waiting)) yield tracked(`${Date.now()}-${sequence++}`, change);
      if (waiting.size === 0 && !signal?.aborted) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
  } finally {
    signal?.removeEventListener("abort", onAbort);
    unsubscribe();
  }
}

const mostWaiting = 200;

/** A slow browser holds one entry per customer, and when those become many, one that says that anything has changed. */
function merge(waiting: Map<string, Change>, change: Change): void {
  const { customerId, nouns } = waiting.size < mostWaiting ? change : everythingChanged;
  if (waiting.size >= mostWaiting) waiting.clear();
  const earlier = waiting.get(customerId)?.nouns ?? [];
  waiting.set(customerId, { customerId, nouns: [...new Set([...earlier, ...nouns])] });
}

function take(waiting: Map<string, Change>): Change[] {
  const changes = [...waiting.values()];
  waiting.clear();
  return changes;
}
