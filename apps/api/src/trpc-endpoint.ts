import type { RequestCtx, ResolveActor } from "@farebox/billing";
import type { AnyTRPCRouter } from "@trpc/server";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import type { Context } from "hono";
import type { Services, Vars } from "./services";

const maxBatchSize = 10;

export interface TrpcEndpoint {
  path: "/trpc/customer" | "/trpc/admin";
  router: AnyTRPCRouter;
  resolveActor: ResolveActor;
}

export function trpcEndpoint({ billing, log }: Services, { path, router, resolveActor }: TrpcEndpoint) {
  return (c: Context<Vars>) => {
    const requestId = c.get("requestId");
    return fetchRequestHandler({
      endpoint: path,
      req: c.req.raw,
      router,
      maxBatchSize,
      createContext: async (): Promise<RequestCtx> => ({
        ...billing,
        actor: await resolveActor(c.req.raw),
        requestId,
        ip: c.get("address"),
      }),
      onError({ error, ctx, path: procedure }) {
        // With a context the procedure has logged it already.
        if (ctx || error.code !== "INTERNAL_SERVER_ERROR") return;
        log.error({ err: error.cause, requestId, procedure }, "request has no context");
      },
    });
  };
}
