import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Started, start } from "../testing/start";
import { charged, eventsOf, makeCustomer } from "../testing/world";

let world: Started;
beforeAll(async () => {
  world = await start();
});
afterAll(() => world.sandbox.close());

async function invoiceOf(currency: string, amount: number, customer: string) {
  const { stripe } = world;
  await stripe.invoiceItems.create({ customer, amount, currency, description: "<b>Cable</b>" });
  const draft = await stripe.invoices.create({
    customer,
    currency,
    collection_method: "send_invoice",
    days_until_due: 7,
    pending_invoice_items_behavior: "include",
  });
  return stripe.invoices.finalizeInvoice(draft.id);
}

const textOf = async (address: string | null | undefined) => (await fetch(String(address))).text();
const pdfText = async (address: string | null | undefined) =>
  Buffer.from(await (await fetch(String(address))).arrayBuffer()).toString("latin1");

async function pay(id: string, method: string) {
  const response = await fetch(`${world.sandbox.url}/invoices/${id}/pay`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ payment_method: method }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe("the hosted invoice", () => {
  it.each([
    ["jpy", 5000, "¥5,000", "\\2455,000"],
    ["kwd", 12_340, "KWD\u00a012.340", "KWD\\24012.340"],
    ["eur", 4200, "€42.00", "\\20042.00"],
  ])("speaks of %s as that currency is written", async (currency, amount, text, inPdf) => {
    const customer = await makeCustomer(world.stripe);
    const invoice = await invoiceOf(currency, amount, customer.id);
    const page = await textOf(invoice.hosted_invoice_url);
    expect(page).toContain(text);
    expect(page).toContain("&lt;b&gt;Cable&lt;/b&gt;");
    expect(await pdfText(invoice.invoice_pdf)).toContain(`(${inPdf})`);
  });

  it("shows each state", async () => {
    const { stripe } = world;
    const customer = await makeCustomer(stripe, "pm_card_visa");
    const state = (id: string) =>
      fetch(`${world.sandbox.url}/invoices/${id}/state`).then((one) => one.json());
    const draft = await stripe.invoices.create({ customer: customer.id, currency: "usd" });
    expect(draft.hosted_invoice_url).toBeNull();
    expect(await textOf(`${world.sandbox.url}/invoices/${draft.id}`)).toContain("This invoice is a draft.");
    expect((await fetch(`${world.sandbox.url}/invoices/${draft.id}/pdf`)).status).toBe(404);
    expect((await fetch(`${world.sandbox.url}/invoices/in_none`)).status).toBe(404);
    const open = await invoiceOf("usd", 1000, customer.id);
    expect(await state(open.id)).toMatchObject({ payable: true, due: "$10.00", cards: [{ last4: "4242" }] });
    await stripe.invoices.markUncollectible(open.id);
    expect(await state(open.id)).toMatchObject({ payable: true, status: "uncollectible" });
    await stripe.invoices.voidInvoice(open.id);
    expect(await state(open.id)).toMatchObject({ payable: false, status: "void" });
    expect(await textOf(open.hosted_invoice_url)).toContain(">Void<");
    expect((await pay(open.id, "pm_card_visa")).status).toBe(400);
  });

  it("is paid without a request id, declined with a reason, and refuses a stranger's card", async () => {
    const { stripe, sandbox } = world;
    const [customer, other] = [await makeCustomer(stripe), await makeCustomer(stripe, "pm_card_visa")];
    const invoice = await invoiceOf("usd", 3000, customer.id);
    const [foreign] = (await stripe.customers.listPaymentMethods(other.id)).data;
    expect(await pay(invoice.id, foreign?.id ?? "")).toMatchObject({ status: 400 });
    expect(await pay(invoice.id, "pm_card_chargeDeclined")).toMatchObject({
      status: 402,
      body: { error: { code: "card_declined", message: "Your card was declined." } },
    });
    expect(await eventsOf(stripe, invoice.id)).toContain("invoice.payment_failed");
    const asked = await pay(invoice.id, "pm_card_authenticationRequired");
    expect(asked.body).toMatchObject({ status: "requires_action", client_secret: expect.any(String) });
    expect(await pay(invoice.id, "pm_card_visa")).toMatchObject({
      status: 200,
      body: { status: "succeeded" },
    });
    await sandbox.settled();
    const events = await stripe.events.list({ type: "invoice.paid" });
    expect(events.data[0]).toMatchObject({ data: { object: { id: invoice.id } }, request: { id: null } });
    const { receipts } = (await (await fetch(`${sandbox.url}/invoices/${invoice.id}/state`)).json()) as {
      receipts: string[];
    };
    expect(receipts).toHaveLength(1);
    expect(await textOf(receipts[0])).toContain(String(invoice.number));
  });
});

describe("the pages of a connected account", () => {
  it("are its own, and so is the money", async () => {
    const { stripe, sandbox } = world;
    const { id: account } = await stripe.accounts.create({ type: "standard", country: "US" });
    const inside = { stripeAccount: account };
    const customer = await stripe.customers.create({ email: "ada@example.com" }, inside);
    await stripe.invoiceItems.create({ customer: customer.id, amount: 700, currency: "usd" }, inside);
    const draft = await stripe.invoices.create(
      {
        customer: customer.id,
        collection_method: "send_invoice",
        days_until_due: 7,
        pending_invoice_items_behavior: "include",
      },
      inside,
    );
    const invoice = await stripe.invoices.finalizeInvoice(draft.id, {}, inside);
    const state = await fetch(`${sandbox.url}/invoices/${invoice.id}/state`);
    expect(await state.json()).toMatchObject({ account, payable: true });
    expect((await fetch(String(invoice.invoice_pdf))).headers.get("content-type")).toBe("application/pdf");
    expect(await pay(invoice.id, "pm_card_visa")).toMatchObject({ status: 200 });
    expect((await stripe.invoices.retrieve(invoice.id, {}, inside)).status).toBe("paid");
    await stripe.billingPortal.configurations.create(
      { features: { invoice_history: { enabled: true } } },
      inside,
    );
    const session = await stripe.billingPortal.sessions.create({ customer: customer.id }, inside);
    const cookie = (await fetch(session.url)).headers.get("set-cookie")?.split(";")[0] ?? "";
    const portal = await fetch(`${session.url}/state`, { headers: { cookie } });
    expect(await portal.json()).toMatchObject({ account, invoices: [{ total: 700, status: "paid" }] });
  });
});

describe("receipts and credit notes", () => {
  it("tell what was refunded", async () => {
    const { stripe } = world;
    const charge = await charged(stripe, "pm_card_visa", 2500);
    await stripe.refunds.create({ charge: charge.id, amount: 500 });
    const page = await textOf(charge.receipt_url);
    expect(page).toContain("Partly refunded");
    expect(page).toContain("-$5.00");
  });

  it("lists what a credit note gives back", async () => {
    const { stripe } = world;
    const customer = await makeCustomer(stripe);
    const invoice = await invoiceOf("usd", 3000, customer.id);
    const note = await stripe.creditNotes.create({
      invoice: invoice.id,
      amount: 1000,
      memo: "Für die Wartezeit",
    });
    const text = await pdfText(note.pdf);
    for (const part of [
      note.number,
      "Total credited",
      "$10.00",
      "F\\374r die Wartezeit",
      String(invoice.number),
    ])
      expect(text).toContain(`(${part})`);
  });
});
