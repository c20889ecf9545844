import type { Context } from "hono";
import type { Resource } from "../resources/resource";
import type { OpenTx } from "../transaction";
import type { World } from "../world";
import { checkHeaders, readCaller, refusePublishable } from "./auth";
import type { Calls } from "./calls";
import { ApiError, invalid } from "./errors";
import { createExpander, type Expansions } from "./expand";
import type { Fault, Faults } from "./faults";
import { parseForm } from "./form";
import { createIdempotencyKeys, fingerprintOf, type IdempotencyKeys, type Replay } from "./idempotency";
import { list, text } from "./params";
import { type ApiRequest, newRequest, readBody, recordCall } from "./request";
import { type Answer, failure, injected, toResponse } from "./respond";
import { createRouter, type Match, type Router } from "./router";

interface Api {
  world: World;
  faults: Faults;
  router: Router;
  keys: IdempotencyKeys;
  expansions: Expansions;
}

export function createApi(parts: { world: World; faults: Faults; calls: Calls }, resources: Resource[]) {
  const api: Api = {
    ...parts,
    router: createRouter(resources.flatMap((resource) => resource.routes ?? [])),
    keys: createIdempotencyKeys(parts.world.store),
    expansions: new Map(resources.flatMap((resource) => Object.entries(resource.expansions ?? {}))),
  };
  return async (context: Context): Promise<Response> => {
    const request = newRequest(context);
    const answer = await handle(api, context, request).catch(
      (error: unknown): Answer => failure(error, request.id),
    );
    recordCall(parts.calls, request, answer);
    if (answer.holdMs) await pause(answer.holdMs);
    if (answer.drop) cutConnection(context);
    return toResponse(request, answer);
  };
}

async function handle(api: Api, context: Context, request: ApiRequest): Promise<Answer> {
  request.caller = readCaller(context.req.header("authorization"), context.req.query("key"));
  checkHeaders(context.req.header("stripe-version"), context.req.header("stripe-account"));
  request.body = await readBody(context, request.method);
  const match = api.router.match(request.method, request.path);
  if (!match)
    throw invalid(
      `Unrecognized request URL (${request.method}: ${request.path}).`,
      undefined,
      undefined,
      404,
    );
  if (request.caller === "publishable" && !match.route.browser) throw refusePublishable();
  const query = new URL(context.req.url).search.slice(1);
  const { key: _key, ...params } = parseForm([query, request.body].filter(Boolean).join("&"));
  request.params = params;
  const fault = api.faults.take(request.method, request.path);
  if (fault?.status) return injected(fault.status);
  if (request.method === "POST" && request.key !== null) return once(api, request, request.key, match, fault);
  await wait(fault);
  return { ...execute(api, request, match, null), ...afterCommit(fault) };
}

async function once(
  api: Api,
  request: ApiRequest,
  key: string,
  match: Match,
  fault: Fault | undefined,
): Promise<Answer> {
  const fingerprint = fingerprintOf(request.method, request.path, request.body);
  const replay = api.keys.begin(key, fingerprint, Math.floor(api.world.clock.nowMs() / 1000));
  if (replay) return { ...replay, replayed: true };
  try {
    await wait(fault);
    return { ...execute(api, request, match, { key, fingerprint }), ...afterCommit(fault) };
  } finally {
    api.keys.end(key);
  }
}

/** Parameters are read before execution starts; from there on the result is kept, whatever it is. */
function execute(
  { world, keys, expansions }: Api,
  request: ApiRequest,
  match: Match,
  idempotency: { key: string; fingerprint: string } | null,
): Replay {
  const { expand, ...given } = request.params;
  const paths = expand === undefined ? [] : list(text)(expand, "expand");
  const run = match.route.prepare(given);
  const fromBrowser = request.caller === "publishable";
  if (fromBrowser && paths.some((path) => path !== "payment_method")) throw refusePublishable();
  return world.transact({ requestId: request.id, idempotencyKey: request.key }, (tx) => {
    const result = attempt(tx, request, () => {
      const body = run({ tx, ids: match.ids, fromBrowser });
      return createExpander(tx, tx.view, expansions)(body, paths);
    });
    if (idempotency) keys.remember(tx, idempotency.key, idempotency.fingerprint, result);
    return result;
  });
}

function attempt(tx: OpenTx, request: ApiRequest, work: () => unknown): Replay {
  try {
    return { status: 200, body: JSON.stringify(work(), null, 2) };
  } catch (error) {
    if (!(error instanceof ApiError && error.keepsChanges)) tx.rollback();
    return failure(error, request.id);
  }
}

async function wait(fault: Fault | undefined): Promise<void> {
  if (fault?.latencyMs) await pause(fault.latencyMs);
}

const pause = (ms: number) => new Promise((resume) => setTimeout(resume, ms));

const afterCommit = (fault: Fault | undefined) => ({
  drop: fault?.dropAfterCommit ?? false,
  holdMs: fault?.holdMs,
});

function cutConnection(context: Context): void {
  const { incoming } = context.env as { incoming?: { socket: { destroy(): void } } };
  incoming?.socket.destroy();
}
