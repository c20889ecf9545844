import {
  BillingError,
  type InvoiceFile,
  invoicePaper,
  invoiceTableFile,
  type RequestCtx,
} from "@farebox/billing";
import type { Context, Hono, MiddlewareHandler } from "hono";
import type { Services, Vars } from "./services";

const statuses: Partial<Record<string, 400 | 401 | 403 | 404>> = {
  INVALID: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
};

/** Files that a browser saves: they cannot come through tRPC. Only what is the signed-in customer's own. */
export function mountInvoiceFiles(app: Hono<Vars>, services: Services, guards: MiddlewareHandler[]): void {
  const contextOf = async (c: Context<Vars>): Promise<RequestCtx> => ({
    ...services.billing,
    actor: await services.members.resolveActor(c.req.raw),
    requestId: c.get("requestId"),
    ip: c.get("address"),
  });
  app.use("/api/invoices/*", ...guards);
  app.use("/api/invoices.csv", ...guards);
  app.get("/api/invoices.csv", async (c) =>
    answer(c, async () => invoiceTableFile(await contextOf(c), c.req.query())),
  );
  app.get("/api/invoices/:id/pdf", async (c) =>
    answer(c, async () => invoicePaper(await contextOf(c), c.req.param("id"))),
  );
}

async function answer(c: Context<Vars>, find: () => Promise<InvoiceFile>): Promise<Response> {
  try {
    const file = await find();
    if (file.kind === "elsewhere") return c.redirect(file.url, 302);
    const headers = {
      "content-type": file.type,
      "content-disposition": `attachment; filename="${file.name}"`,
      "x-content-type-options": "nosniff",
    };
    if (file.kind === "bytes") return new Response(new Uint8Array(file.bytes), { headers });
    return new Response(streamOf(file.parts), { headers });
  } catch (error) {
    const status = error instanceof BillingError ? statuses[error.code] : undefined;
    if (!(error instanceof BillingError) || !status) throw error;
    const { code, reason, message } = error;
    return c.json({ code, reason, message, requestId: c.get("requestId") }, status);
  }
}

/** Asks for the next part only when the last one was taken. */
function streamOf(parts: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await parts.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await parts.return(undefined);
    },
  });
}
