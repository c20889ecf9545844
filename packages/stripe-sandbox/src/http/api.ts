import type { Socket } from "node:net";
import type { Context } from "hono";
import type { Resource } from "../resources/resource";
import type { OpenTx } from "../transaction";
import { byTime, type World } from "../world";
import { readAccount } from "./account";
import { type Caller, checkVersion, keyFrom, readCaller, refusePublishable } from "./auth";
import type { Calls } from "./calls";
import { invalid } from "./errors";
import { execute } from "./execute";
import type { Expansions } from "./expand";
import type { Fault, Faults } from "./faults";
import { parseForm, type RawHash } from "./form";
import { createIdempotencyKeys, fingerprintOf, type IdempotencyKeys, type Replay } from "./idempotency";
import { checkMeterSession, notAMeterSession } from "./meter-session";
import { readBody } from "./read-body";
import { type ApiRequest, newRequest, recordCall } from "./request";
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
    if (answer.cut) cutConnection(context, answer.cut);
    return toResponse(request, answer);
  };
}

async function handle(api: Api, context: Context, request: ApiRequest): Promise<Answer> {
  request.caller = readCaller(context.req.header("authorization"), context.req.query("key"));
  checkVersion(context.req.header("stripe-version"));
  request.account = readAccount(api.world, context, request.caller);
  const body = await readBody(context, request.method, request.path);
  request.body = body.text;
  const match = api.router.match(request.method, request.path);
  if (!match)
    throw invalid(
      `Unrecognized request URL (${request.method}: ${request.path}).`,
      undefined,
      undefined,
      404,
    );
  checkCaller(api.world, request.caller, match, keyFrom(context.req.header("authorization")));
  request.params = paramsOf(request.query, body.params);
  const fault = api.faults.take(request.method, request.path);
  if (fault?.reset) return { status: 0, body: "", cut: "reset" };
  if (fault?.status && !fault.saved) return injected(fault.status, fault);
  if (request.key !== null && keepsResults(request)) return once(api, request, request.key, match, fault);
  await wait(fault);
  return { ...execute(request, { ...api, match, state: fault?.state }), ...afterCommit(fault) };
}

/** Without the key that a browser may put into its address. */
function paramsOf(query: string, body: RawHash): RawHash {
  if (query === "" && !("key" in body)) return body;
  const { key: _key, ...params } = { ...parseForm(query), ...body };
  return params;
}

function isV2({ path }: ApiRequest): boolean {
  return path.startsWith("/v2/");
}

function keepsResults(request: ApiRequest): boolean {
  return request.method === "POST" || (isV2(request) && request.method === "DELETE");
}

function checkCaller(world: World, caller: Caller, { route }: Match, key: string | undefined): void {
  if (caller === "publishable" && route.access !== "browser") throw refusePublishable();
  if (caller === "meter_session") checkMeterSession(world, route.access, key ?? "");
  else if (route.access === "meter_session") throw notAMeterSession();
}

async function once(
  api: Api,
  request: ApiRequest,
  key: string,
  match: Match,
  fault: Fault | undefined,
): Promise<Answer> {
  const fingerprint = fingerprintOf(request.method, request.path, request.body);
  const now = Math.floor(api.world.clock.nowMs() / 1000);
  const replay = api.keys.begin(request.account, key, fingerprint, now);
  if (replay) return { ...replay, replayed: true };
  const remember = (tx: OpenTx, result: Replay) => {
    // A failed v2 request is executed again when it is repeated.
    if (result.status < 400 || !isV2(request)) api.keys.remember(tx, key, fingerprint, result, now);
  };
  try {
    await wait(fault);
    if (fault?.status) return keepFailure(api, request, injected(fault.status, fault), remember);
    return { ...execute(request, { ...api, match, remember }), ...afterCommit(fault) };
  } finally {
    api.keys.end(request.account, key);
  }
}

/** As Stripe keeps a 500: the same key will never do the work. */
function keepFailure(
  api: Api,
  { account }: ApiRequest,
  { status, body }: Answer,
  remember: (tx: OpenTx, result: Replay) => void,
): Answer {
  api.world.transact({ ...byTime, account }, (tx) => remember(tx, { status, body }));
  return { status, body };
}

async function wait(fault: Fault | undefined): Promise<void> {
  if (fault?.latencyMs) await pause(fault.latencyMs);
}

const pause = (ms: number) => new Promise((resume) => setTimeout(resume, ms));

const afterCommit = (fault: Fault | undefined): Partial<Answer> => ({
  ...(fault?.dropAfterCommit && { cut: "close" }),
  holdMs: fault?.holdMs,
});

function cutConnection(context: Context, how: "close" | "reset"): void {
  const { incoming } = context.env as { incoming?: { socket: Socket } };
  if (how === "reset") incoming?.socket.resetAndDestroy();
  else incoming?.socket.destroy();
}
