import { fileURLToPath } from "node:url";
import { createMemberLogin } from "@farebox/billing";
import { apiProgram, authSecret, dashboardOrigin, portIn } from "../bundles";
import { answeredPerSecond, repeatFor, requestBytes } from "../load";
import { compare, type Goal } from "../measure";
import type { Program } from "../processes";
import { residentMb } from "../resident";
import type { Database, Workspace } from "../workspace";
import type { Row } from "./row";

const goal: Goal = {
  name: "query",
  what: "tRPC subscriptions.current per second over HTTP, signed in, against a bare Hono route with the same SQL and session check",
  unit: "requests/s",
  goal: 0.6,
  better: "higher",
};
const connections = 32;
const roundMs = 2_500;
const warmMs = 1_500;
const login = { email: "owner@query.example", password: "correct horse battery" };

export const queryRow: Row = {
  goals: [goal],
  async measure(workspace) {
    const database = await workspace.database();
    await subscribedMember(database);
    const api = await listening(workspace, apiProgram(database.url));
    const cookie = await signIn(api.port);
    const bare = await listening(workspace, {
      args: ["--import", "tsx", fileURLToPath(import.meta.resolve("../servers/bare-query.ts"))],
      env: {
        DATABASE_URL: database.url,
        AUTH_SECRET: authSecret,
        ORIGIN: dashboardOrigin,
        LOGIN: JSON.stringify(login),
      },
    });
    const ours = { ...api, path: "/trpc/customer/subscriptions.current" };
    const theirs = { ...bare, path: "/subscriptions/current" };
    await requireSameAnswer(ours, theirs, cookie);
    for (const side of [ours, theirs]) await round(side, cookie, warmMs);
    return [
      await compare(goal, {
        ours: () => round(ours, cookie, roundMs),
        theirs: () => round(theirs, cookie, roundMs),
      }),
    ];
  },
};

interface Side {
  pid: number;
  port: number;
  path: string;
}

async function round({ pid, port, path }: Side, cookie: string, ms: number) {
  const next = repeatFor(ms, requestBytes(`GET ${path}`, { cookie }));
  const value = await answeredPerSecond({ port, connections, next });
  return { value, residentMb: residentMb(pid) };
}

async function listening(workspace: Workspace, program: Program) {
  const server = workspace.start(program);
  return { pid: server.pid, port: portIn(await server.line('"listening"')) };
}

/** A customer with a live subscription, its price and a card, as the webhooks leave them. */
async function subscribedMember({ billing }: Database): Promise<void> {
  const { db } = billing;
  const { customerId } = await createMemberLogin(billing, {
    ...login,
    name: "Olive Owner",
    company: "Query Company",
  });
  const now = new Date();
  const card = { id: "pm_query", type: "card", brand: "visa", last4: "4242", expMonth: 12, expYear: 2040 };
  await db.price.create({
    data: {
      id: "price_query",
      productId: "prod_query",
      planId: "growth",
      currency: "usd",
      interval: "month",
      unitAmount: 4900,
      active: true,
      syncedAt: now,
    },
  });
  await db.paymentMethod.create({ data: { ...card, customerId, createdAt: now, syncedAt: now } });
  await db.subscription.create({
    data: {
      customerId,
      id: "sub_query",
      status: "active",
      planId: "growth",
      priceId: "price_query",
      interval: "month",
      currency: "usd",
      startedAt: now,
      defaultPaymentMethodId: card.id,
      liveSlot: "plan",
      createdAt: now,
      syncedAt: now,
    },
  });
}

async function signIn(port: number): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${port}/api/auth/member/sign-in/email`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: dashboardOrigin },
    body: JSON.stringify(login),
  });
  const cookie = answer.headers.getSetCookie()[0]?.split(";")[0];
  if (!cookie) throw new Error(`signing in was answered ${answer.status} ${await answer.text()}`);
  return cookie;
}

async function requireSameAnswer(ours: Side, theirs: Side, cookie: string): Promise<void> {
  const [mine, bare] = await Promise.all(
    [ours, theirs].map(async ({ port, path }) =>
      (await fetch(`http://127.0.0.1:${port}${path}`, { headers: { cookie } })).text(),
    ),
  );
  if (mine !== bare || !mine?.includes("sub_query"))
    throw new Error(`the two sides answer differently: ${mine} and ${bare}`);
}
