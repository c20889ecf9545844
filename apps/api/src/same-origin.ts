import type { MiddlewareHandler } from "hono";

/**
 * A request that changes something must come from one of our pages: JSON, which no form can send, and their Origin.
 * Cookies alone prove nothing, because browsers add them to requests of any page.
 */
export function sameOrigin(origins: readonly string[]): MiddlewareHandler {
  const allowed = new Set(origins);
  return async (c, next) => {
    if (c.req.method === "GET" || c.req.method === "HEAD") return next();
    const type = c.req.header("content-type")?.split(";")[0]?.trim().toLowerCase();
    if (type !== "application/json") {
      return refuse("content_type", "Only application/json is accepted here.", 415);
    }
    if (!allowed.has(c.req.header("origin") ?? "")) {
      return refuse("origin", "This request did not come from a page of this application.", 403);
    }
    return next();
  };
}

/** People reach their own machine by either name. */
export function withLoopbackNames(origin: string): string[] {
  const url = new URL(origin);
  const names = ["localhost", "127.0.0.1"];
  if (!names.includes(url.hostname)) return [origin];
  return names.map((name) => {
    url.hostname = name;
    return url.origin;
  });
}

const refuse = (reason: string, message: string, status: number) =>
  Response.json({ code: "REQUEST_REFUSED", reason, message }, { status });
