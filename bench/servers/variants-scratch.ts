import { type Billing, customerRouter, type MemberActor, memberActorResolver } from "@farebox/billing";
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { initTRPC } from "@trpc/server";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { billingOn } from "../workspace";

/** `subscriptions.current` by hand: our session check and the same SQL, prepared; no tRPC, Prisma, log or metrics. */
const { DATABASE_URL = "", AUTH_SECRET = "", ORIGIN = "", COOKIE = "" } = process.env;
const billing = await billingOn(DATABASE_URL);
const resolveActor = memberActorResolver(billing, { secret: AUTH_SECRET, origin: ORIGIN });
const actor = await resolveActor(new Request(ORIGIN, { headers: { cookie: COOKIE } }));
if (actor?.kind !== "member") throw new Error("the cookie signs nobody in");
const { view, statements } = await recorded(billing, actor);

const mode = process.env.MODE ?? "bare";
const pool = billing.pool as any;
if (mode === "named") { const send = pool.query.bind(pool); const names = new Map(); pool.query = (q: any, ...r: any[]) => { if (q && q.text && !q.name) { let n = names.get(q.text); if (!n) { n = "p" + names.size; names.set(q.text, n); } q.name = n; } return send(q, ...r); }; }
const t = initTRPC.context<any>().create();
const one = { name: "one", text: "select s.*, p.unit_amount, pm.brand, pm.last4, pm.exp_month, pm.exp_year from customer c join lateral (select * from subscription where customer_id = c.id order by live_slot nulls last, created_at desc, id desc limit 1) s on true left join price p on p.id = s.price_id left join payment_method pm on pm.customer_id = c.id and pm.id = coalesce(s.default_payment_method_id, c.default_payment_method_id) and pm.detached_at is null where c.id = $1" };
const r1 = t.router({ subscriptions: t.router({ current: t.procedure.query(async ({ ctx }) => { await pool.query({ ...one, values: [ctx.actor.customerId] }); return view; }) }) });
const app = new Hono();
app.get("/caller/x", async (c) => { const member = await resolveActor(c.req.raw); return c.json({ result: { data: await customerRouter.createCaller({ ...billing, actor: member, requestId: "x", ip: null } as any).subscriptions.current() } }); });
for (const [path, router] of [["/trpc/full", customerRouter], ["/trpc/one", r1]] as const) app.get(path + "/*", (c) => fetchRequestHandler({ endpoint: path, req: c.req.raw, router: router as any, createContext: async () => ({ ...billing, actor: await resolveActor(c.req.raw), requestId: "x", ip: null }) as any }));
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
