import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { get, type IncomingMessage } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BareBilling, bareBilling } from "@farebox/billing/testing";
import { readEnv } from "../env";
import { openLog } from "../log";
import { type ServerOptions, type Servers, startServers } from "../server";
import { validEnv } from "./valid-env";

export const dashboardOrigin = "http://localhost:3000";
export const adminOrigin = "http://localhost:3001";

export interface TestServer {
  billing: BareBilling;
  servers: Servers;
  logLines: string[];
  call(site: Site, path: string, init?: Call): Promise<Response>;
  close(): Promise<void>;
}

type Site = "api" | "dashboard" | "admin";

export interface Call {
  body?: unknown;
  cookie?: string;
  origin?: string | null;
  headers?: Record<string, string>;
  method?: string;
}

/** Real servers on free ports, over a database of their own and two tiny web apps. */
export async function testServer(
  own: Pick<ServerOptions, "members" | "staff" | "stripeAnswers"> = {},
  variables: Record<string, string> = {},
): Promise<TestServer> {
  const billing = await bareBilling();
  const folder = mkdtempSync(join(tmpdir(), "farebox-sites-"));
  const logLines: string[] = [];
  const log = openLog("debug", { write: (line) => logLines.push(line) });
  const env = readEnv({
    ...validEnv,
    DATABASE_URL: billing.databaseUrl,
    DASHBOARD_DIST: writeSite(folder, "dashboard"),
    ADMIN_DIST: writeSite(folder, "admin"),
    ...variables,
  });
  const servers = await startServers({ env, billing: { ...billing, log }, log, ...own });
  return {
    billing,
    servers,
    logLines,
    call: (site, path, init) => fetch(`http://127.0.0.1:${servers.ports[site]}${path}`, request(site, init)),
    async close() {
      await servers.stop();
      await billing.close();
      rmSync(folder, { recursive: true });
    },
  };
}

function request(site: Site, { body, cookie, origin, headers, method }: Call = {}): RequestInit {
  const ownOrigin = site === "admin" ? adminOrigin : dashboardOrigin;
  return {
    method: method ?? (body === undefined ? "GET" : "POST"),
    headers: {
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...(origin === null ? {} : { origin: origin ?? ownOrigin }),
      ...(cookie ? { cookie } : {}),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  };
}

export const cookieOf = (response: Response) => response.headers.getSetCookie()[0]?.split(";")[0] ?? "";

function writeSite(folder: string, name: string): string {
  const dist = join(folder, name);
  mkdirSync(join(dist, "assets"), { recursive: true });
  writeFileSync(join(dist, "index.html"), `<!doctype html><title>${name}</title>`);
  writeFileSync(
    join(dist, "assets", "index-Ab3_9xQz.js"),
    `console.log(${JSON.stringify("x".repeat(5000))})`,
  );
  writeFileSync(join(dist, "assets", "index-Ab3_9xQz.js.map"), "{}");
  writeFileSync(join(dist, "theme-boot.js"), "1");
  return dist;
}

/** As a browser's EventSource: the stream and what came over it so far. */
export async function openStream(
  url: string,
  cookie: string,
): Promise<{ text(): string; ended: Promise<void>; close(): void }> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get(url, { headers: { cookie, accept: "text/event-stream" } }, resolve).on("error", reject);
  });
  let text = "";
  response.setEncoding("utf8").on("data", (chunk: string) => {
    text += chunk;
  });
  const ended = new Promise<void>((resolve) => {
    response.on("error", () => resolve()).on("close", () => resolve());
  });
  return { text: () => text, ended, close: () => response.destroy() };
}
