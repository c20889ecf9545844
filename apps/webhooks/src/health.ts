import type { Inbox } from "@farebox/billing";
import { Hono } from "hono";
import { bearerAuth } from "hono/bearer-auth";
import type { Metrics } from "./metrics";

interface Services {
  inbox: Pick<Inbox, "unreadyReason">;
  metrics: Pick<Metrics, "registry">;
  /** What Prometheus must bring. Null: nobody is asked, undefined: nobody is answered. */
  metricsToken: string | null | undefined;
}

/** The same in every role, for whoever runs this process. Stripe reaches this port, and so does everybody else. */
export function healthApp({ inbox, metrics: { registry }, metricsToken: token }: Services): Hono {
  const app = new Hono();
  app.get("/healthz", (c) => c.json({ status: "ok" }));
  app.get("/readyz", async (c) => {
    const reason = await inbox.unreadyReason();
    return reason ? c.json({ status: "unready", reason }, 503) : c.json({ status: "ready" });
  });
  if (token === undefined) return app;
  if (token !== null) app.use("/metrics", bearerAuth({ token }));
  app.get("/metrics", async (c) =>
    c.text(await registry.metrics(), 200, { "content-type": registry.contentType }),
  );
  return app;
}
