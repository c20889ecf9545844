import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import type { Hono } from "hono";

export interface Listening {
  port: number;
  /** Takes nothing new and lets what runs finish, for so long at most. */
  stop(graceMs: number): Promise<void>;
}

/** Who sends slowly is cut within ten seconds, also where the check itself comes late. */
const timeouts = { requestTimeout: 7_500, headersTimeout: 7_500, connectionsCheckingInterval: 500 };
const silentMs = 9_000;
const maxConnections = 2_000;

export async function listen(app: Hono, host: string, port: number): Promise<Listening> {
  const server = createAdaptorServer({ fetch: app.fetch, serverOptions: timeouts }) as Server;
  server.maxConnections = maxConnections;
  server.setTimeout(silentMs);
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(listenError(error, port)));
    server.listen(port, host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    stop: (graceMs) =>
      new Promise<void>((resolve) => {
        const cut = setTimeout(() => server.closeAllConnections(), graceMs);
        const sweep = setInterval(() => server.closeIdleConnections(), 20);
        server.close(() => {
          clearTimeout(cut);
          clearInterval(sweep);
          resolve();
        });
      }),
  };
}

function listenError(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code !== "EADDRINUSE") return error;
  return new Error(`Port ${port} is taken by another program.`, { cause: error });
}
