import type { Context } from "hono";
import { newId } from "../ids";
import type { Resource } from "../resources/resource";
import type { OpenTx } from "../transaction";
import type { World } from "../world";
import { type Caller, checkHeaders, readCaller, refusePublishable } from "./auth";
import type { Calls } from "./calls";
import { ApiError, invalid } from "./errors";
import { createExpander, type Expansions } from "./expand";
import type { Fault, Faults } from "./faults";
import { parseForm, type RawHash } from "./form";
import { createIdempotencyKeys, fingerprintOf, type Replay } from "./idempotency";
import { list, text } from "./params";
import { createRouter, type Match } from "./router";

const maxBodyBytes = 1024 * 1024;

interface Request {
  id: string;
  method: string;
  path: string;
  body: string;
  caller: Caller | null;
  params: RawHash;
  key: string | null;
  started: number;
}

interface Answer extends Replay {
  replayed?: boolean;
  drop?: boolean;
  /** Struck before execution, so the same key may be tried again. */
  injected?: boolean;
}

export function createApi(world: World, resources: Resource[], faults: Faults, calls: Calls) {
  const router = createRouter(resources.flatMap((resource) => resource.routes ?? []));
  const keys = createIdempotencyKeys(world.store);
  const expansions: Expansions = new Map();
  for (const resource of resources) {
    for (const [name, fields] of Object.entries(resource.expansions ?? {})) {
      expansions.set(name, { ...expansions.get(name), ...fields });
    }
  }

  return async function answer(context: Context): Promise<Response> {
    const request: Request = {
      id: newId("req"),
      method: context.req.method,
      path: new URL(context.req.url).pathname.replace(/(.)\/$/, "$1"),
      body: "",
      caller: null,
      params: {},
      key: context.req.header("idempotency-key") ?? null,
      started: performance.now(),
    };
    let result: Answer;
    try {
      result = await handle(context, request);
    } catch (error) {
      result = failure(error, request);
    }
    record(request, result);
    if (result.drop) {
      const { incoming } = context.env as { incoming?: { socket: { destroy(): void } } };
      incoming?.socket.destroy();
    }
    return respond(request, result);
  };

  async function handle(context: Context, request: Request): Promise<Answer> {
    request.caller = readCaller(context.req.header("authorization"), context.req.query("key"));
    checkHeaders(context.req.header("stripe-version"), context.req.header("stripe-account"));
    request.body = await readBody(context, request.method);
    const match = router.match(request.method, request.path);
    if (!match)
      throw invalid(
        `Unrecognized request URL (${request.method}: ${request.path}).`,
        undefined,
        undefined,
        404,
      );
    if (request.caller === "publishable" && !match.route.browser) throw refusePublishable();
    const query = new URL(context.req.url).search.slice(1);
    request.params = parseForm([query, request.body].filter(Boolean).join("&"));
    Reflect.deleteProperty(request.params, "key");
    const fault = faults.take(request.method, request.path);
    if (fault?.status) return injected(fault.status);
    if (request.method === "POST" && request.key !== null) return once(request, request.key, match, fault);
    await wait(fault);
    return { ...execute(request, match, null), drop: fault?.dropAfterCommit ?? false };
  }

  async function once(
    request: Request,
    key: string,
    match: Match,
    fault: Fault | undefined,
  ): Promise<Answer> {
    const fingerprint = fingerprintOf(request.method, request.path, request.body);
    const replay = keys.begin(key, fingerprint, Math.floor(world.clock.nowMs() / 1000));
    if (replay) return { ...replay, replayed: true };
    try {
      await wait(fault);
      return { ...execute(request, match, { key, fingerprint }), drop: fault?.dropAfterCommit ?? false };
    } finally {
      keys.end(key);
    }
  }

  /** Parameters are read before execution starts; from there on the result is kept, whatever it is. */
  function execute(
    request: Request,
    match: Match,
    idempotency: { key: string; fingerprint: string } | null,
  ): Answer {
    const { expand, ...given } = request.params;
    const paths = expand === undefined ? [] : list(text)(expand, "expand");
    const run = match.route.prepare(given);
    const fromBrowser = request.caller === "publishable";
    return world.transact({ requestId: request.id, idempotencyKey: request.key }, (tx) => {
      const result = attempt(tx, request, () => {
        const body = run({ tx, ids: match.ids, fromBrowser });
        const expander = createExpander(tx, tx.view, expansions);
        return expander(body, paths);
      });
      if (idempotency) keys.remember(tx, idempotency.key, idempotency.fingerprint, result);
      return result;
    });
  }

  function record(request: Request, result: Answer): void {
    calls.add({
      at: Date.now(),
      requestId: request.id,
      method: request.method,
      path: request.path,
      params: request.params,
      idempotencyKey: request.key,
      status: result.status,
      replayed: result.replayed ?? false,
      caller: request.caller,
      durationMs: Math.round((performance.now() - request.started) * 1000) / 1000,
    });
  }
}

function attempt(tx: OpenTx, request: Request, work: () => unknown): Replay {
  try {
    return { status: 200, body: JSON.stringify(work(), null, 2) };
  } catch (error) {
    if (!(error instanceof ApiError && error.keepsChanges)) tx.rollback();
    return failure(error, request);
  }
}

function failure(error: unknown, request: Request): Replay {
  if (error instanceof ApiError) {
    const log = `https://dashboard.stripe.com/test/logs/${request.id}`;
    return {
      status: error.status,
      body: JSON.stringify({ error: { ...error.body, request_log_url: log } }, null, 2),
    };
  }
  console.error(`${request.id} ${request.method} ${request.path}`, error);
  return serverError("The sandbox failed while it executed this request. Its log names the cause.");
}

function serverError(message: string): Replay {
  return { status: 500, body: JSON.stringify({ error: { message, type: "api_error" } }) };
}

function injected(status: number): Answer {
  const type = status >= 500 ? "api_error" : status === 402 ? "card_error" : "invalid_request_error";
  const code = status === 429 ? { code: "rate_limit" } : {};
  return {
    status,
    body: JSON.stringify({ error: { ...code, message: `Injected fault ${status}.`, type } }),
    injected: true,
  };
}

async function wait(fault: Fault | undefined): Promise<void> {
  if (fault?.latencyMs) await new Promise((resolve) => setTimeout(resolve, fault.latencyMs));
}

async function readBody(context: Context, method: string): Promise<string> {
  if (method !== "POST") return "";
  const type = context.req.header("content-type") ?? "";
  const body = await context.req.text();
  if (body.length > maxBodyBytes) throw invalid("The request body is too large.", undefined, undefined, 413);
  if (body === "" || type.startsWith("application/x-www-form-urlencoded")) return body;
  throw invalid("Invalid request: the v1 API takes Content-Type application/x-www-form-urlencoded.");
}

function respond(request: Request, result: Answer): Response {
  const headers = new Headers({
    "content-type": "application/json",
    "access-control-allow-origin": "*",
    "access-control-expose-headers": "Request-Id, Stripe-Should-Retry",
    "request-id": request.id,
    "stripe-version": "2026-10-28.endive",
  });
  if (request.key !== null) headers.set("idempotency-key", encodeURI(request.key));
  if (result.replayed) headers.set("idempotent-replayed", "true");
  if (result.status >= 500 && !result.injected) headers.set("stripe-should-retry", "false");
  if (result.status === 429) headers.set("retry-after", "1");
  return new Response(result.body, { status: result.status, headers });
}
