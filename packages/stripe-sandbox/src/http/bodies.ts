import type { Context } from "hono";
import { invalid } from "./errors";
import { parseForm, type RawHash } from "./form";

/** Nothing at all is as good as an empty object. */
export async function readJson(context: Context): Promise<Record<string, unknown>> {
  const text = await context.req.text();
  const body = text === "" ? {} : parsed(text);
  if (typeof body === "object" && body !== null && !Array.isArray(body)) return { ...body };
  throw invalid("The body must be a JSON object.");
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const maxDepth = 12;

/** An object as a form would have brought it. */
export function asForm(value: object, depth = 0): RawHash {
  if (depth >= maxDepth) throw invalid("The request is nested too deeply.");
  const raw: RawHash = Object.create(null);
  for (const [key, one] of Object.entries(value)) {
    if (one === undefined) continue;
    raw[key] = typeof one === "object" && one !== null ? asForm(one, depth + 1) : String(one ?? "");
  }
  return raw;
}

export async function readFields(context: Context): Promise<Record<string, string>> {
  const isJson = context.req.header("content-type")?.startsWith("application/json");
  const body: object = isJson ? await readJson(context) : parseForm(await context.req.text());
  return Object.fromEntries(
    Object.entries(body).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}

export function preflight(): Response {
  return new Response(null, {
    status: 204,
    headers: {
      "access-control-allow-origin": "*",
      "access-control-allow-methods": "GET, POST, DELETE",
      "access-control-allow-headers":
        "authorization, content-type, stripe-version, stripe-account, idempotency-key",
      "access-control-max-age": "86400",
    },
  });
}
