import { createHash } from "node:crypto";
import type { Context } from "hono";
import { invalid } from "./errors";
import { parseForm, type Raw, type RawHash } from "./form";

const maxBodyBytes = 1024 * 1024;
const maxForgottenBytes = 64 * 1024 * 1024;
const maxUploadBytes = 17 * 1024 * 1024;
const maxDepth = 12;

export interface Body {
  /** What idempotency compares. */
  text: string;
  params: RawHash;
}

/** Forms for v1, JSON for v2, parts for uploads; all become the same nested texts. */
export async function readBody(context: Context, method: string, path: string): Promise<Body> {
  if (method !== "POST") return { text: "", params: parseForm("") };
  const type = context.req.header("content-type") ?? "";
  if (path === "/v1/files" && type.startsWith("multipart/form-data")) return readParts(context);
  const text = await readText(context);
  if (text === "") return { text, params: parseForm("") };
  if (path.startsWith("/v2/")) return { text, params: readJson(text, type) };
  if (type.startsWith("application/x-www-form-urlencoded")) return { text, params: parseForm(text) };
  throw invalid("Invalid request: the v1 API takes Content-Type application/x-www-form-urlencoded.");
}

async function readText(context: Context): Promise<string> {
  const length = context.req.header("content-length");
  const isLong = length === undefined || Number(length) > maxBodyBytes;
  const bytes = isLong ? await readChunks(context) : await context.req.arrayBuffer();
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw invalid("Invalid UTF-8 in the request body.");
  }
}

/** What is too much is read and forgotten: who is cut off while sending never sees the answer. */
async function readChunks(context: Context): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of context.req.raw.body ?? []) {
    size += chunk.byteLength;
    if (size <= maxBodyBytes) chunks.push(chunk);
    if (size > maxForgottenBytes) break;
  }
  if (size > maxBodyBytes) throw bodyTooLarge();
  return Buffer.concat(chunks);
}

function bodyTooLarge() {
  return invalid("The request body is too large.", undefined, undefined, 413);
}

async function readParts(context: Context): Promise<Body> {
  if (Number(context.req.header("content-length") ?? 0) > maxUploadBytes) throw tooLarge();
  const form = await context.req.formData().catch(() => undefined);
  if (!form) throw invalid("The multipart body cannot be read.");
  const params: RawHash = Object.create(null);
  const plain: string[] = [];
  for (const [name, value] of form.entries()) {
    if (typeof value === "string") plain.push(`${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
    else params[name] = await readUpload(value);
  }
  const digest = createHash("sha256").update(JSON.stringify(params)).digest("base64url");
  return { text: [...plain, digest].join("&"), params: Object.assign(parseForm(plain.join("&")), params) };
}

async function readUpload(file: File): Promise<RawHash> {
  if (file.size > maxUploadBytes) throw tooLarge();
  const contents = Buffer.from(await file.arrayBuffer()).toString("base64");
  return { name: file.name, type: file.type, size: String(file.size), contents };
}

function tooLarge() {
  return invalid("The uploaded file is too large.", undefined, "file", 413);
}

function readJson(text: string, type: string): RawHash {
  if (!type.startsWith("application/json"))
    throw invalid("Invalid request: the v2 API takes Content-Type application/json.");
  try {
    const value: unknown = JSON.parse(text);
    const raw = toRaw(value, 0);
    if (typeof raw === "object" && !Array.isArray(value)) return raw;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw invalid("The request body is not a JSON object.");
}

/** v2 sends numbers as strings, so that none is rounded on the way. */
function toRaw(value: unknown, depth: number): Raw {
  if (typeof value === "string") return value;
  if (value === null) return "";
  if (typeof value === "boolean") return String(value);
  if (typeof value !== "object") throw invalid(`Expected a string, got the number ${value}.`);
  if (depth >= maxDepth) throw invalid("The request is nested too deeply.");
  const raw: RawHash = Object.create(null);
  for (const [key, child] of Object.entries(value)) raw[key] = toRaw(child, depth + 1);
  return raw;
}
