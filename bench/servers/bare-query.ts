import { type Billing, customerRouter, type MemberActor, memberSignIn } from "@farebox/billing";
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { billingOn } from "../workspace";

/**
 * `subscriptions.current` by hand: our sign-in and session check and the same SQL, prepared; no tRPC, Prisma, log or
 * metrics. Somebody signs in here too, because from then on better-auth makes every promise of a process dearer.
 */
const { DATABASE_URL = "", AUTH_SECRET = "", ORIGIN = "", LOGIN = "" } = process.env;
const billing = await billingOn(DATABASE_URL);
const { handle, resolveActor } = memberSignIn(billing, { secret: AUTH_SECRET, origin: ORIGIN });
const signedIn = await handle(
  new Request(`${ORIGIN}/api/auth/member/sign-in/email`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: ORIGIN },
    body: LOGIN,
  }),
);
const cookie = signedIn.headers.getSetCookie()[0]?.split(";")[0] ?? "";
const actor = await resolveActor(new Request(ORIGIN, { headers: { cookie } }));
if (actor?.kind !== "member") throw new Error(`signing in was answered ${signedIn.status}`);
const { view, statements } = await recorded(billing, actor);

const app = new Hono();
app.get("/subscriptions/current", async (c) => {
  const member = await resolveActor(c.req.raw);
  if (member?.kind !== "member") return c.json({ message: "Please sign in." }, 401);
  for (const statement of statements) await billing.pool.query(statement);
  return c.json({ result: { data: view } });
});
serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, ({ port }) => {
  console.log(JSON.stringify({ msg: "listening", port }));
});

/** What the product sends for this member, so that both sides run the same SQL whatever becomes of it. */
async function recorded(open: Billing, member: MemberActor) {
  const found: { name: string; text: string; values: unknown[] }[] = [];
  const { pool } = open;
  const send = pool.query.bind(pool) as (...args: unknown[]) => unknown;
  const listening = (query: { text: string; values: unknown[] }, ...rest: unknown[]) => {
    found.push({ name: `bare-${found.length}`, text: query.text, values: query.values });
    return send(query, ...rest);
  };
  Object.assign(pool, { query: listening });
  const caller = customerRouter.createCaller({ ...open, actor: member, requestId: "bench", ip: null });
  const current = await caller.subscriptions.current();
  Reflect.deleteProperty(pool, "query");
  if (!current || found.length === 0) throw new Error("no subscription was read, or not through the pool");
  return { view: current, statements: found };
}
