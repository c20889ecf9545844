import { type Inbox, maxEventBytes } from "@farebox/billing";
import { Hono } from "hono";
import type { Metrics } from "./metrics";

interface Services {
  inbox: Pick<Inbox, "receive">;
  metrics: Pick<Metrics, "events" | "ackSeconds">;
}

/** Exact bytes in, an answer out; nothing else touches this path: no parser, no session, no redirect. */
export function receiverApp({ inbox, metrics }: Services): Hono {
  const app = new Hono();
  app.post("/stripe/:endpoint", async (c) => {
    const stop = metrics.ackSeconds.startTimer();
    const body = await bodyWithin(c.req.raw, maxEventBytes);
    if (!body) {
      metrics.events.inc({ result: "too_large" });
      return c.json({ reason: "too_large" }, 413, { connection: "close" });
    }
    const signature = c.req.header("stripe-signature") ?? "";
    const { status, reason } = await inbox.receive(c.req.param("endpoint"), body, signature);
    metrics.events.inc({ result: reason });
    stop();
    return c.json({ reason }, status);
  });
  app.all("/stripe/*", (c) => c.json({ reason: "method_not_allowed" }, 405, { allow: "POST" }));
  return app;
}

/** Null as soon as there is more than the limit, whatever the header has promised. */
async function bodyWithin(request: Request, limit: number): Promise<Uint8Array | null> {
  if (Number(request.headers.get("content-length") ?? 0) > limit) return null;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > limit) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}
