import { Hono } from "hono";
import { HTTPException } from "hono/http-exception";
import { secureHeaders } from "hono/secure-headers";
import { requestLog } from "./request-log";
import type { Services, Vars } from "./services";

const internalMessage = "Something went wrong on our side. Please try again.";

/** What every server here does before and after everything else. */
export function baseApp(
  name: string,
  services: Services,
  { policy, https }: { policy: Record<string, string[]>; https: boolean },
): Hono<Vars> {
  const app = new Hono<Vars>();
  app.use(requestLog(name, services));
  app.use(
    secureHeaders({
      contentSecurityPolicy: policy,
      strictTransportSecurity: https ? "max-age=31536000; includeSubDomains" : false,
      // Bank pages of a payment open in their own window and must find their way back.
      crossOriginOpenerPolicy: "same-origin-allow-popups",
      referrerPolicy: "strict-origin-when-cross-origin",
      xFrameOptions: "DENY",
    }),
  );
  app.notFound((c) => c.json({ code: "NOT_FOUND", message: "There is nothing at this address." }, 404));
  app.onError((error, c) => {
    const requestId = c.get("requestId");
    if (error instanceof HTTPException) {
      return c.json({ code: "REQUEST_REFUSED", message: error.message, requestId }, error.status);
    }
    services.log.error({ err: error, requestId, path: c.req.path }, "request broke");
    return c.json({ code: "INTERNAL", message: internalMessage, requestId }, 500);
  });
  return app;
}
