import { isIP } from "node:net";
import { getConnInfo } from "@hono/node-server/conninfo";
import type { Context } from "hono";

/** What the outermost trusted proxy saw; without one, whoever is connected. A client's own claim counts for nothing. */
export function clientAddress(c: Context, trustedProxyHops: number): string | null {
  const connected = getConnInfo(c).remote.address ?? null;
  if (trustedProxyHops === 0) return connected;
  const claimed = c.req.header("x-forwarded-for")?.split(",").at(-trustedProxyHops)?.trim();
  const address = claimed
    ?.replace(/^\[?([^\]]+)\]?(:\d+)?$/, "$1")
    .replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, "$1");
  return address && isIP(address) ? address : connected;
}
