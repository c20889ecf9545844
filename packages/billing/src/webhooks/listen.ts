import type pg from "pg";
import type { Billing } from "../context";
import { dirtyChannel } from "../db/sql/inbox";

const retryMs = 1_000;

/** One connection that hears of new work. While it is away the worker lives by its poll. */
export function listenForDirt({ pool, log }: Billing, onDirt: () => void): { close(): Promise<void> } {
  let client: pg.PoolClient | undefined;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  let connecting = connect();

  async function connect(): Promise<void> {
    let fresh: pg.PoolClient | undefined;
    try {
      fresh = await pool.connect();
      const mine = fresh;
      mine.on("notification", onDirt);
      mine.on("error", (error) => lose(mine, error));
      await mine.query(`LISTEN ${dirtyChannel}`);
      client = mine;
      onDirt();
    } catch (error) {
      fresh?.release(true);
      retry(error);
    }
  }

  function lose(lost: pg.PoolClient, error: Error): void {
    if (client !== lost) return;
    client = undefined;
    lost.release(error);
    retry(error);
  }

  function retry(error: unknown): void {
    if (closed) return;
    log.warn({ err: error }, "not listening for new work, polling meanwhile");
    timer = setTimeout(() => {
      connecting = connect();
    }, retryMs);
    timer.unref();
  }

  return {
    async close() {
      closed = true;
      clearTimeout(timer);
      await connecting;
      client?.release(true);
      client = undefined;
    },
  };
}
