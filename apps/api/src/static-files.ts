import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { extname, join, sep } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Context, MiddlewareHandler } from "hono";
import { getMimeType } from "hono/utils/mime";

interface StaticFile {
  body: Uint8Array<ArrayBuffer>;
  type: string;
  etag: string;
  cacheControl: string;
  gzipped: Promise<Uint8Array<ArrayBuffer> | null>;
}

const hashedName = /-[\w-]{8,}\.\w+$/;
const compressible = /^(text\/|application\/(javascript|json|manifest\+json|xml)|image\/svg)/;
const packed = promisify(gzip);

/** A built web app, read once: what is not in this map cannot be asked for. Any page address gets index.html. */
export function staticFiles(folder: string): MiddlewareHandler {
  const files = readFiles(folder);
  const index = files.get("/index.html");
  if (!index) throw new Error(`There is no built web app in ${folder}: index.html is missing.`);
  return async (c, next) => {
    if (c.req.method !== "GET" && c.req.method !== "HEAD") return next();
    const file = files.get(c.req.path) ?? (extname(c.req.path) === "" ? index : undefined);
    return file ? answer(c, file) : next();
  };
}

async function answer(c: Context, file: StaticFile): Promise<Response> {
  const headers = new Headers({
    "content-type": file.type,
    "cache-control": file.cacheControl,
    etag: file.etag,
    vary: "accept-encoding",
  });
  // Elements draw the card fields in a frame of Stripe's, in our typeface.
  if (file.type.startsWith("font/")) headers.set("access-control-allow-origin", "*");
  if (c.req.header("if-none-match") === file.etag) return new Response(null, { status: 304, headers });
  const gzipped = /\bgzip\b/.test(c.req.header("accept-encoding") ?? "") ? await file.gzipped : null;
  const body = gzipped ?? file.body;
  if (gzipped) headers.set("content-encoding", "gzip");
  headers.set("content-length", String(body.byteLength));
  return new Response(c.req.method === "HEAD" ? null : body, { headers });
}

function readFiles(folder: string): Map<string, StaticFile> {
  if (!existsSync(folder)) throw new Error(`There is no folder ${folder} with a built web app.`);
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  return new Map(
    entries
      .filter((entry) => entry.isFile() && !entry.name.endsWith(".map"))
      .map((entry) => {
        const path = join(entry.parentPath, entry.name);
        return [path.slice(folder.length).split(sep).join("/").replace(/^\/*/, "/"), readFile(path)];
      }),
  );
}

function readFile(path: string): StaticFile {
  const body = new Uint8Array(readFileSync(path));
  const type = getMimeType(path) ?? "application/octet-stream";
  return {
    body,
    type,
    etag: `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`,
    cacheControl: hashedName.test(path) ? "public, max-age=31536000, immutable" : "no-cache",
    gzipped: compressible.test(type)
      ? packed(body).then((small) => new Uint8Array(small))
      : Promise.resolve(null),
  };
}
