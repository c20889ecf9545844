import { expect, it } from "vitest";
import { objectsIn } from "../conformance/literals";
import { type Answer, recordingClient } from "../conformance/record";
import { scenarios } from "../conformance/scenarios";
import { seededRandom } from "../deliveries/plan";
import type { Sandbox } from "../index";
import { createFuzz, type FuzzRequest, type Material } from "../testing/fuzz-requests";
import { start } from "../testing/start";

const requests = Number(process.env.FUZZ_REQUESTS ?? 100_000);
const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31);
/** Back to the beginning now and then, so that what was made does not pile up. */
const perRound = 5000;

/** Everything the scenarios make, all in one sandbox; what collides there is of no interest here. */
async function prepare(sandbox: Sandbox): Promise<Material> {
  const answers: Answer[] = [];
  const as = (key: string) => recordingClient(sandbox, answers, key);
  for (const scenario of Object.values(scenarios))
    await scenario(as(sandbox.secretKey), sandbox, as).catch(() => undefined);
  await sandbox.settled();
  const ids = new Set(
    answers.flatMap(({ body }) => objectsIn(body)).flatMap(({ id }) => (typeof id === "string" ? id : [])),
  );
  const calls = sandbox.calls().filter(({ status }) => status === 200);
  return { calls, ids: [...ids, "cus_none", "constructor", "%2e%2e", "x y"] };
}

async function problemOf(sandbox: Sandbox, { url, ...init }: FuzzRequest): Promise<string | undefined> {
  const response = await sandbox.fetch(new Request(url, init));
  const { status } = response;
  const text = await response.text();
  if (status >= 200 && status < 300) return undefined;
  if (status < 400 || status >= 500) return `${status} ${text.slice(0, 300)}`;
  if (init.method === "HEAD" && text === "") return undefined;
  const { error } = JSON.parse(text);
  return error.message && error.type ? undefined : `no reason: ${text.slice(0, 300)}`;
}

it(`answers ${requests} requests with a result or a reason, never with a crash (seed ${seed})`, async () => {
  console.info(`FUZZ_SEED=${seed}`);
  // Nine of ten are refused, and where in the code is of no interest.
  Error.stackTraceLimit = 0;
  const { sandbox } = await start();
  const material = await prepare(sandbox);
  const next = createFuzz(seededRandom(seed), material);
  const beginning = sandbox.snapshot();
  const problems: string[] = [];
  for (let at = 0; at < requests && problems.length < 5; at++) {
    if (at % perRound === 0) sandbox.restore(beginning);
    const request = next();
    const problem = await problemOf(sandbox, request).catch((error: unknown) => String(error));
    if (problem)
      problems.push(
        `#${at} ${request.method} ${request.url} ${String(request.body).slice(0, 500)}: ${problem}`,
      );
  }
  expect(problems).toEqual([]);
  expect((await sandbox.fetch(new Request("http://127.0.0.1/healthz"))).status).toBe(200);
  await sandbox.close();
}, 300_000);
