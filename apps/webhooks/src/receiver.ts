import type { IncomingMessage } from "node:http";
import { type Inbox, maxEventBytes } from "@farebox/billing";
import type { HttpBindings } from "@hono/node-server";
import { Hono } from "hono";
import type { Metrics } from "./metrics";

interface Services {
  inbox: Pick<Inbox, "receive">;
  metrics: Pick<Metrics, "events" | "ackSeconds">;
}

/** Of all bodies that are on their way at once, signed or not: more than that is refused, and Stripe comes again. */
const maxHeldBytes = 64 * 1024 * 1024;

/** Exact bytes in, an answer out; nothing else touches this path: no parser, no session, no redirect. */
export function receiverApp({ inbox, metrics }: Services): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  const bodies = bodyReader({ each: maxEventBytes, together: maxHeldBytes });
  app.post("/stripe/:endpoint", async (c) => {
    const stop = metrics.ackSeconds.startTimer();
    const body = await bodies.read(c.env.incoming);
    if (typeof body === "string") {
      metrics.events.inc({ result: body });
      return c.json({ reason: body }, body === "too_large" ? 413 : 503, { connection: "close" });
    }
    const signature = c.req.header("stripe-signature") ?? "";
    const { status, reason } = await inbox.receive(c.req.param("endpoint"), body, signature);
    metrics.events.inc({ result: reason });
    stop();
    return c.json({ reason }, status);
  });
  app.post("/stripe/*", (c) => c.json({ reason: "unknown_endpoint" }, 404));
  app.all("/stripe/*", (c) => c.json({ reason: "method_not_allowed" }, 405, { allow: "POST" }));
  return app;
}

/**
 * Gives up as soon as there is more than a limit allows, whatever the header has promised. Straight from the socket:
 * a web stream around it costs more than all the rest of a request.
 */
function bodyReader(limit: { each: number; together: number }) {
  let held = 0;
  return {
    async read(request: IncomingMessage): Promise<Uint8Array | "too_large" | "overloaded"> {
      if (Number(request.headers["content-length"] ?? 0) > limit.each) return "too_large";
      const chunks: Uint8Array[] = [];
      let size = 0;
      const refusal = await new Promise<"too_large" | "overloaded" | null>((resolve, reject) => {
        const stop = (reason: "too_large" | "overloaded" | null) => {
          request.pause().removeAllListeners("data");
          resolve(reason);
        };
        request.on("data", (chunk: Buffer) => {
          size += chunk.byteLength;
          held += chunk.byteLength;
          if (size > limit.each) return stop("too_large");
          if (held > limit.together) return stop("overloaded");
          chunks.push(chunk);
        });
        request.once("end", () => resolve(null)).once("error", reject);
        request.once("close", () => reject(new Error("the sender went away")));
      }).finally(() => {
        held -= size;
      });
      return refusal ?? Buffer.concat(chunks, size);
    },
  };
}
