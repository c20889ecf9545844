import { randomUUID } from "node:crypto";
import { createSandbox, type Sandbox } from "@farebox/stripe-sandbox";
import type { MemberRole, StaffRole } from "../access/permissions";
import type { Billing } from "../context";
import { createMemberLogin } from "../members/create-member-login";
import { openBilling } from "../open-billing";
import { applyCatalog } from "../plans/apply-catalog";
import { createStaff } from "../staff/create-staff";
import { adminRouter } from "../trpc/admin-router";
import { customerRouter } from "../trpc/customer-router";
import type { CustomerCtx, StaffCtx } from "../trpc/procedures";
import { startWorker } from "../webhooks/work";
import { testDatabase } from "./database";
import { type ConfirmedIntent, payAs } from "./pay-as";
import { startReceiver } from "./receiver";
import { type TestLog, testLog } from "./test-log";

export interface Harness extends Pick<Billing, "db" | "pool" | "stripe"> {
  billing: Billing;
  sandbox: Sandbox;
  log: TestLog;
  databaseUrl: string;
  webhooks: { url: string; worker: ReturnType<typeof startWorker> };
  /** A new customer with one member, signed in. */
  asCustomer(options?: { role?: MemberRole }): Promise<CustomerSession>;
  asStaff(role?: StaffRole): Promise<StaffSession>;
  nobody(): { customer: CustomerCaller; admin: AdminCaller };
  /** What Stripe.js would do with a card. */
  payAs(
    clientSecret: string,
    paymentMethod?: string,
    challenge?: "complete" | "fail",
  ): Promise<ConfirmedIntent>;
  /** Until every delivery has arrived and everything it made dirty is applied. */
  quiet(): Promise<void>;
  close(): Promise<void>;
}

type CustomerCaller = ReturnType<typeof customerRouter.createCaller>;
type AdminCaller = ReturnType<typeof adminRouter.createCaller>;

export interface CustomerSession {
  ctx: CustomerCtx;
  caller: CustomerCaller;
  customerId: string;
}

export interface StaffSession {
  ctx: StaffCtx;
  caller: AdminCaller;
}

/** Everything real: PostgreSQL, the Stripe SDK against a sandbox in this process, signed webhooks over HTTP. */
export async function harness(): Promise<Harness> {
  const { databaseUrl, drop } = await testDatabase();
  const sandbox = await createSandbox({ port: 0 });
  const log = testLog();
  const billing = await openBilling({
    databaseUrl,
    connections: 8,
    stripe: { secretKey: sandbox.secretKey, apiBase: sandbox.url },
    browser: { publishableKey: sandbox.publishableKey, stripeJsUrl: `${sandbox.url}/stripe.js` },
    quoteSecret: "quotes of the tests, signed with thirty-two characters",
    log,
  });
  await applyCatalog(billing);
  const receiver = await startReceiver(billing);
  const worker = startWorker(billing, { pollMs: 50 });
  sandbox.forward({ url: receiver.url, secret: receiver.secret });
  const { db, pool, stripe } = billing;
  return {
    db,
    pool,
    stripe,
    billing,
    sandbox,
    log,
    databaseUrl,
    webhooks: { url: receiver.url, worker },
    asCustomer: (options) => signedInCustomer(billing, options?.role ?? "owner"),
    asStaff: (role = "admin") => signedInStaff(billing, role),
    nobody: () => {
      const ctx = { ...billing, actor: null, requestId: randomUUID(), ip: null };
      return { customer: customerRouter.createCaller(ctx), admin: adminRouter.createCaller(ctx) };
    },
    payAs: (clientSecret, paymentMethod, challenge) =>
      payAs({ sandboxUrl: sandbox.url, clientSecret, paymentMethod, challenge }),
    quiet: () => quiet(sandbox, worker),
    async close() {
      await sandbox.close();
      await receiver.close();
      await worker.stop();
      await billing.close();
      await drop();
    },
  };
}

async function signedInCustomer(billing: Billing, role: MemberRole): Promise<CustomerSession> {
  const id = randomUUID().slice(0, 8);
  const owner = await createMemberLogin(billing, {
    name: `Member ${id}`,
    email: `member-${id}@customer.example`,
    password: "correct horse battery",
    company: `Company ${id}`,
  });
  const { customerId } = owner;
  if (role !== "owner") {
    await billing.db.member.update({
      where: { customerId_loginId: { customerId, loginId: owner.id } },
      data: { role },
    });
  }
  const ctx = { ...billing, actor: { ...owner, role }, requestId: randomUUID(), ip: null };
  return { ctx, customerId, caller: customerRouter.createCaller(ctx) };
}

async function signedInStaff(billing: Billing, role: StaffRole): Promise<StaffSession> {
  const id = randomUUID().slice(0, 8);
  const actor = await createStaff(billing, {
    name: `Staff ${id}`,
    email: `staff-${id}@farebox.example`,
    password: "correct horse battery",
    role,
  });
  const ctx = { ...billing, actor, requestId: randomUUID(), ip: null };
  return { ctx, caller: adminRouter.createCaller(ctx) };
}

/** Applying one event may cause another, so it is over only when a whole round brought nothing new. */
async function quiet(sandbox: Sandbox, worker: ReturnType<typeof startWorker>): Promise<void> {
  for (let known = -1; known !== sandbox.deliveries().length; ) {
    known = sandbox.deliveries().length;
    await sandbox.settled();
    await worker.idle();
  }
}
