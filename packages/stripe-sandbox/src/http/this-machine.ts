import { getConnInfo } from "@hono/node-server/conninfo";
import type { Context } from "hono";
import { invalid } from "./errors";

const addresses = new Set(["127.0.0.1", "::1", "::ffff:127.0.0.1"]);
const names = new Set(["127.0.0.1", "localhost", "[::1]"]);

/** Programs of this machine and the console, but no other page: its browser would name another origin or host. */
export function requireThisMachine(context: Context): void {
  const { address } = getConnInfo(context).remote;
  const host = context.req.header("host") ?? "";
  const origin = context.req.header("origin");
  const isOwnPage = origin === undefined || origin === `http://${host}`;
  if (addresses.has(address ?? "") && names.has(host.replace(/:\d+$/, "")) && isOwnPage) return;
  throw invalid(
    "The controls of the sandbox answer only programs on its own machine.",
    undefined,
    undefined,
    403,
  );
}
