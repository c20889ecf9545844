import { type Context, Hono } from "hono";
import { readAccount } from "./http/account";
import { readCaller } from "./http/auth";
import { ApiError, missing } from "./http/errors";
import type { World } from "./world";

/** The bytes behind `file.url`, for a secret key, and behind a file link, for whoever has it. */
export function fileRoutes(world: World): Hono {
  const routes = new Hono();

  function send(context: Context, id: string, account: string | null): Response {
    const store = world.store.of(account);
    const file = store.get("files", id);
    const kept = store.get("file_contents", id);
    if (!file || !kept) throw missing("file", id, "id", 404);
    return context.body(new Uint8Array(Buffer.from(kept.base64, "base64")), 200, {
      "content-type": file.type === "pdf" ? "application/pdf" : kept.type || "application/octet-stream",
      "content-disposition": `attachment; filename="${(file.filename ?? id).replace(/[^\w. -]/g, "_")}"`,
      "x-content-type-options": "nosniff",
    });
  }

  routes.get("/v1/files/:id/contents", (context) => {
    const caller = readCaller(context.req.header("authorization"), undefined);
    if (caller !== "secret") throw missing("file", context.req.param("id"), "id", 404);
    return send(context, context.req.param("id"), readAccount(world, context, caller));
  });
  routes.get("/links/:id", (context) => {
    const account = world.store.holder(["file_links"], context.req.param("id"));
    const link = world.store.of(account).get("file_links", context.req.param("id"));
    const ended = link?.expires_at && link.expires_at <= world.clock.nowMs() / 1000;
    if (!link || ended) throw missing("file_link", context.req.param("id"), "id", 404);
    return send(context, link.file, account);
  });
  routes.onError((error) => {
    if (!(error instanceof ApiError)) throw error;
    return Response.json({ error: error.body }, { status: error.status });
  });
  return routes;
}
