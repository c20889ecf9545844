import { type TRPCSubscriptionProcedure, type TrackedEnvelope, tracked } from "@trpc/server";
import { isStillHere } from "../members/queries";
import type { CustomerCtx, StaffCtx } from "../trpc/procedures";
import { everythingChanged } from "./feed";
import type { Change, LiveChangesInput } from "./schemas";
import { takeSeat } from "./seats";

type Changes = AsyncGenerator<TrackedEnvelope<Change>, void>;

/** Spelled out, because what tRPC infers has no public name and cannot stand in a declaration file. */
export type ChangesProcedure = TRPCSubscriptionProcedure<{
  meta: unknown;
  input: LiveChangesInput;
  output: AsyncIterable<{ id: string; data: Change }, void, unknown>;
}>;

/** Only the signed-in customer's changes; "everything" arrives as everything of this customer. */
export function customerChanges(
  ctx: CustomerCtx,
  input: LiveChangesInput,
  signal: AbortSignal | undefined,
): Changes {
  const { customerId, id } = ctx.actor;
  return follow(
    ctx,
    input,
    signal,
    (change) =>
      change.customerId === customerId || change.customerId === "*" ? { ...change, customerId } : null,
    ({ nouns }) => !nouns.includes("members") || isStillHere(ctx, customerId, id),
  );
}

export function allChanges(ctx: StaffCtx, input: LiveChangesInput, signal: AbortSignal | undefined): Changes {
  return follow(ctx, input, signal, (change) => change);
}

/**
 * The first event says from when on nothing is missed. Nothing is replayed, so to a browser that comes back it says
 * that anything may have changed; to a new one it names no nouns.
 */
async function* follow(
  { changes: feed, actor }: Pick<CustomerCtx | StaffCtx, "changes" | "actor">,
  input: LiveChangesInput,
  signal: AbortSignal | undefined,
  pick: (change: Change) => Change | null,
  mayGoOn: (change: Change) => boolean | Promise<boolean> = () => true,
): Changes {
  const leave = takeSeat(feed, `${actor.kind} ${actor.id}`);
  const waiting = new Map<string, Change>();
  let wake = () => {};
  const add = (change: Change) => {
    const mine = pick(change);
    if (!mine) return;
    merge(waiting, mine);
    wake();
  };
  const onAbort = () => wake();
  signal?.addEventListener("abort", onAbort);
  let unsubscribe = () => {};
  try {
    unsubscribe = await feed.subscribe(add);
    add(input?.lastEventId ? everythingChanged : { ...everythingChanged, nouns: [] });
    for (let sequence = 1; !signal?.aborted; ) {
      for (const change of take(waiting)) {
        yield tracked(`${Date.now()}-${sequence++}`, change);
        if (!(await mayGoOn(change))) return;
      }
      if (waiting.size === 0 && !signal?.aborted) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
  } finally {
    signal?.removeEventListener("abort", onAbort);
    unsubscribe();
    leave();
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
