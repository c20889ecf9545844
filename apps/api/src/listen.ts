import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import type { Hono } from "hono";
import type { Vars } from "./services";

export interface Listening {
  port: number;
  /** Takes nothing new, lets what runs finish for so long, then cuts what is left: streams never finish. */
  stop(graceMs: number): Promise<void>;
}

/** For answers that are decided and still being written to their sockets. */
const lastBytesMs = 250;

export async function listen(app: Hono<Vars>, host: string, port: number): Promise<Listening> {
  const running = new Set<Promise<unknown>>();
  const server = createAdaptorServer({
    fetch(request, bindings) {
      const answer = Promise.resolve(app.fetch(request, bindings));
      running.add(answer);
      const forget = () => running.delete(answer);
      answer.then(forget, forget);
      return answer;
    },
    serverOptions: { requestTimeout: 30_000, headersTimeout: 10_000, keepAliveTimeout: 65_000 },
  }) as Server;
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(listenError(error, port)));
    server.listen(port, host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    async stop(graceMs) {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await Promise.race([Promise.allSettled(running), after(graceMs)]);
      const leaving = setInterval(() => server.closeIdleConnections(), 5);
      await Promise.race([closed, after(lastBytesMs)]);
      clearInterval(leaving);
      server.closeAllConnections();
      await closed;
    },
  };
}

function listenError(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code !== "EADDRINUSE") return error;
  return new Error(`Port ${port} is taken by another program.`, { cause: error });
}

const after = (ms: number) =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, ms).unref();
  });
