import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cookieOf, type TestServer, testServer } from "./testing/test-server";

let server: TestServer;
let ada: string;
let bob: string;

const password = "correct horse battery";
const signUp = async (name: string, company: string) =>
  cookieOf(
    await server.call("dashboard", "/api/auth/member/sign-up/email", {
      body: { name, email: `${name.toLowerCase()}@example.com`, password, company },
    }),
  );

beforeAll(async () => {
  server = await testServer();
  ada = await signUp("Ada", "Łódź & Söhne");
  bob = await signUp("Bob", "Bob Ltd");
  const { db } = server.billing;
  const customer = await db.customer.findFirstOrThrow({ where: { email: "ada@example.com" } });
  const at = new Date("2026-03-01T10:00:00Z");
  const invoice = (id: string, number: string, currency: string, amount: bigint, minutes: number) => ({
    customerId: customer.id,
    id,
    number,
    status: "paid",
    currency,
    subtotalAmount: amount,
    totalAmount: amount,
    dueAmount: amount,
    paidAmount: amount,
    remainingAmount: 0n,
    periodStart: at,
    periodEnd: at,
    createdAt: new Date(at.getTime() + minutes * 60_000),
    syncedAt: at,
  });
  await db.invoice.createMany({
    data: [
      invoice("in_yen", "FB-1", "jpy", 2900n, 1),
      invoice("in_dinar", "=cmd()", "kwd", 30_505n, 2),
      { ...invoice("in_paper", "FB-3", "eur", 4950n, 3), invoicePdf: "https://pay.stripe.com/x/pdf" },
      ...Array.from({ length: 1200 }, (_, index) =>
        invoice(`in_old_${index}`, `OLD-${index}`, "usd", 1n, -index),
      ),
    ],
  });
}, 60_000);
afterAll(() => server.close());

const get = (path: string, cookie?: string) => server.call("dashboard", path, cookie ? { cookie } : {});

describe("the table file", () => {
  test("has every invoice that matches once, with exact amounts and no formulas", async () => {
    const answer = await get("/api/invoices.csv", ada);
    expect(answer.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(answer.headers.get("content-disposition")).toContain("invoices.csv");
    const rows = (await answer.text()).trim().split("\r\n");
    expect(rows).toHaveLength(1204);
    expect(new Set(rows).size).toBe(1204);
    expect(rows[1]).toMatch(/^FB-3,.*,EUR,49\.50,49\.50,/);
    expect(rows[2]).toMatch(/^'=cmd\(\),.*,KWD,30\.505,/);
    expect(rows[3]).toMatch(/^FB-1,.*,JPY,2900,2900,0,0,/);
  });

  test("follows the filters and refuses nonsense", async () => {
    const found = await (await get("/api/invoices.csv?search=30.505&status=paid", ada)).text();
    expect(found.trim().split("\r\n")).toHaveLength(2);
    const none = await (await get("/api/invoices.csv?status=open", ada)).text();
    expect(none.trim().split("\r\n")).toHaveLength(1);
    for (const query of ["status=draft", "from=yesterday", "from=2026-02-31T99:00:00Z", "search=%00"]) {
      expect((await get(`/api/invoices.csv?${query}`, ada)).status).toBe(400);
    }
  });

  test("is nobody else's", async () => {
    expect((await get("/api/invoices.csv")).status).toBe(401);
    expect((await (await get("/api/invoices.csv", bob)).text()).trim().split("\r\n")).toHaveLength(1);
  });
});

describe("the paper of an invoice", () => {
  test("is ours where Stripe has none, and Stripe's where there is one", async () => {
    const own = await get("/api/invoices/in_yen/pdf", ada);
    expect(own.headers.get("content-type")).toBe("application/pdf");
    expect(own.headers.get("cache-control")).toBe("no-store");
    expect(
      Buffer.from(await own.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe("%PDF-");
    const theirs = await fetch(
      `http://127.0.0.1:${server.servers.ports.dashboard}/api/invoices/in_paper/pdf`,
      {
        headers: { cookie: ada },
        redirect: "manual",
      },
    );
    expect(theirs.status).toBe(302);
    expect(theirs.headers.get("location")).toBe("https://pay.stripe.com/x/pdf");
  });

  test("is not there for anybody else", async () => {
    expect((await get("/api/invoices/in_yen/pdf")).status).toBe(401);
    expect((await get("/api/invoices/in_yen/pdf", bob)).status).toBe(404);
    expect((await get("/api/invoices/in_none/pdf", ada)).status).toBe(404);
    expect((await get(`/api/invoices/${"x".repeat(300)}/pdf`, ada)).status).toBe(404);
  });
});
