import pg from "pg";
import type { Log } from "../context";
import { type ChangeFeed, everythingChanged, type Listener } from "./feed";
import { changesChannel } from "./notify";
import { ChangeMessage } from "./schemas";

interface Timing {
  firstRetryMs: number;
  maxRetryMs: number;
  heartbeatMs: number;
}

const defaults: Timing = { firstRetryMs: 100, maxRetryMs: 5_000, heartbeatMs: 15_000 };

/** One LISTEN connection per process, opened by the first subscriber and reopened when it breaks. */
export function listenForChanges(databaseUrl: string, log: Log, timing: Timing = defaults): ChangeFeed {
  const listeners = new Set<Listener>();
  let client: pg.Client | null = null;
  let attempt: Promise<void> | null = null;
  let timer: NodeJS.Timeout | undefined;
  let failures = 0;
  let closed = false;

  const emit: Listener = (change) => {
    for (const listener of listeners) listener(change);
  };

  async function connect(): Promise<void> {
    const fresh = newClient(databaseUrl);
    fresh.on("notification", ({ payload }) => received(payload, emit, log));
    fresh.on("error", () => undefined);
    try {
      await fresh.connect();
      await fresh.query(`LISTEN ${changesChannel}`);
    } catch (error) {
      await fresh.end().catch(() => undefined);
      return retry(error);
    }
    if (closed) return fresh.end();
    fresh.once("end", () => retry(new Error("the connection ended")));
    client = fresh;
    if (failures > 0) emit(everythingChanged);
    failures = 0;
    timer = setInterval(() => heartbeat(fresh), timing.heartbeatMs);
    timer.unref();
  }

  function retry(error: unknown): void {
    clearInterval(timer);
    client = null;
    if (closed) return;
    const delay = Math.min(timing.firstRetryMs * 2 ** failures++, timing.maxRetryMs);
    log.warn({ err: error, retryInMs: delay }, "live updates are interrupted");
    timer = setTimeout(() => {
      attempt = connect();
    }, delay);
    timer.unref();
  }

  return {
    async subscribe(listener) {
      attempt ??= connect();
      await attempt;
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      closed = true;
      clearInterval(timer);
      clearTimeout(timer);
      listeners.clear();
      await attempt;
      await client?.end().catch(() => undefined);
    },
  };
}

function newClient(connectionString: string): pg.Client {
  return new pg.Client({ connectionString, connectionTimeoutMillis: 5_000, query_timeout: 5_000 });
}

/** A connection that died without a word answers no query; ending it starts the retry. */
function heartbeat(client: pg.Client): void {
  client.query("SELECT 1").catch(() => client.end().catch(() => undefined));
}

/** What a newer process says and this one does not understand may be anything. */
function received(payload: string | undefined, emit: Listener, log: Log): void {
  const change = ChangeMessage.safeParse(payload);
  if (!change.success) log.error({ payload }, "a change could not be read");
  emit(change.data ?? everythingChanged);
}
