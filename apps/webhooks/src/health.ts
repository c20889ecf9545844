import type { Inbox } from "@farebox/billing";
import { Hono } from "hono";
import type { Metrics } from "./metrics";

/** The same in every role, for whoever runs this process. */
export function healthApp(inbox: Pick<Inbox, "unreadyReason">, metrics: Pick<Metrics, "registry">): Hono {
  const app = new Hono();
  app.get("/healthz", (c) => c.json({ status: "ok" }));
  app.get("/readyz", async (c) => {
    const reason = await inbox.unreadyReason();
    return reason ? c.json({ status: "unready", reason }, 503) : c.json({ status: "ready" });
  });
  app.get("/metrics", async (c) =>
    c.text(await metrics.registry.metrics(), 200, { "content-type": metrics.registry.contentType }),
  );
  return app;
}
