import Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { clientOf, type Receiver, type Started, start, startReceiver } from "../../testing/start";
import { charged, makeCustomer, makePrice } from "../../testing/world";

let world: Started;
let stripe: Stripe;
let receiver: Receiver;
let connected: Receiver;

beforeAll(async () => {
  world = await start();
  stripe = world.stripe;
  receiver = await startReceiver("whsec_platform");
  connected = await startReceiver("whsec_connected");
  world.sandbox.forward({ url: receiver.url, secret: receiver.secret });
  world.sandbox.forward({ url: connected.url, secret: connected.secret, connect: true });
});
afterAll(async () => {
  await world.sandbox.close();
  await receiver.close();
  await connected.close();
});

const makeAccount = (params: Stripe.AccountCreateParams = {}) =>
  stripe.accounts.create({
    country: "US",
    email: "shop@example.com",
    controller: {
      fees: { payer: "application" },
      losses: { payments: "application" },
      stripe_dashboard: { type: "express" },
    },
    capabilities: { card_payments: { requested: true }, transfers: { requested: true } },
    ...params,
  });

async function onboard(account: string): Promise<Response> {
  const link = await stripe.accountLinks.create({
    account,
    type: "account_onboarding",
    refresh_url: "http://127.0.0.1:9/refresh",
    return_url: "http://127.0.0.1:9/return",
  });
  expect((await fetch(link.url)).status).toBe(200);
  return fetch(link.url, { method: "POST", redirect: "manual" });
}

describe("accounts", () => {
  it("can do nothing until they are onboarded, through an address that opens once", async () => {
    const account = await makeAccount();
    expect(account).toMatchObject({
      type: "none",
      charges_enabled: false,
      payouts_enabled: false,
      details_submitted: false,
      capabilities: { card_payments: "inactive", transfers: "inactive" },
      controller: { fees: { payer: "application" }, is_controller: true, type: "application" },
    });
    expect(account.requirements?.currently_due).toContain("business_type");
    const link = await stripe.accountLinks.create({
      account: account.id,
      type: "account_onboarding",
      refresh_url: "http://127.0.0.1:9/refresh",
      return_url: "http://127.0.0.1:9/return",
    });
    expect(link.expires_at - link.created).toBe(300);
    expect(await (await fetch(link.url)).text()).toContain("Agree and submit");
    const again = await fetch(link.url, { redirect: "manual" });
    expect([again.status, again.headers.get("location")]).toEqual([303, "http://127.0.0.1:9/refresh"]);
    const done = await fetch(link.url, { method: "POST", redirect: "manual" });
    expect([done.status, done.headers.get("location")]).toEqual([303, "http://127.0.0.1:9/return"]);
    expect(await stripe.accounts.retrieve(account.id)).toMatchObject({
      charges_enabled: true,
      payouts_enabled: true,
      details_submitted: true,
      capabilities: { card_payments: "active", transfers: "active" },
      requirements: { currently_due: [], disabled_reason: null },
    });
    expect((await fetch(link.url, { method: "POST", redirect: "manual" })).status).toBe(410);
  });

  it("tell of their onboarding in events of their own", async () => {
    const account = await makeAccount();
    await onboard(account.id);
    await world.sandbox.settled();
    const events = await stripe.events.list({}, { stripeAccount: account.id });
    expect(events.data.map(({ type }) => type).reverse()).toEqual([
      "capability.updated",
      "capability.updated",
      "account.updated",
    ]);
    expect(events.data.every((event) => event.account === account.id)).toBe(true);
    const updated = events.data.find(({ type }) => type === "account.updated");
    expect(updated?.data.previous_attributes).toMatchObject({
      charges_enabled: false,
      details_submitted: false,
    });
    const mine = connected.received.filter(({ event }) => event.account === account.id);
    expect(mine.map(({ event }) => event.type).sort()).toEqual([
      "account.updated",
      "capability.updated",
      "capability.updated",
    ]);
    expect(receiver.received.some(({ event }) => event.account)).toBe(false);
    expect((await stripe.events.list({ type: "account.updated" })).data).toEqual([]);
  });

  it("are retrieved, updated, listed and deleted, and see only themselves", async () => {
    const [one, two] = [await makeAccount(), await makeAccount({ metadata: { shop: "2" } })];
    const self = await stripe.accounts.retrieveCurrent({}, { stripeAccount: one.id });
    expect(self.id).toBe(one.id);
    expect((await stripe.accounts.retrieveCurrent()).id).toBe("acct_1FareboxSandbox");
    const changed = await stripe.accounts.update(one.id, {
      business_profile: { name: "Shop one" },
      metadata: { a: "b" },
    });
    expect([changed.business_profile?.name, changed.metadata]).toEqual(["Shop one", { a: "b" }]);
    const page = await stripe.accounts.list({ limit: 2 });
    expect(page.data.map(({ id }) => id)).toEqual([two.id, one.id]);
    await expect(stripe.accounts.retrieve(two.id, {}, { stripeAccount: one.id })).rejects.toMatchObject({
      statusCode: 403,
      code: "account_invalid",
    });
    expect(await stripe.accounts.del(two.id)).toEqual({ id: two.id, object: "account", deleted: true });
    await expect(stripe.accounts.retrieve(two.id)).rejects.toMatchObject({ statusCode: 403 });
    await expect(stripe.customers.list({}, { stripeAccount: two.id })).rejects.toMatchObject({
      statusCode: 403,
      code: "account_invalid",
    });
  });

  it("ask for capabilities one by one", async () => {
    const account = await stripe.accounts.create({ type: "express" });
    expect(account.capabilities).toEqual({});
    const asked = await stripe.accounts.updateCapability(account.id, "transfers", { requested: true });
    expect(asked).toMatchObject({ id: "transfers", object: "capability", status: "inactive" });
    await onboard(account.id);
    const list = await stripe.accounts.listCapabilities(account.id);
    expect(list.data.map(({ id, status }) => [id, status])).toEqual([["transfers", "active"]]);
    expect((await stripe.accounts.retrieveCapability(account.id, "transfers")).requested).toBe(true);
    const after = await stripe.accounts.retrieve(account.id);
    expect([after.charges_enabled, after.payouts_enabled]).toEqual([false, true]);
    await stripe.accounts.updateCapability(account.id, "card_payments", { requested: true });
    expect((await stripe.accounts.retrieve(account.id)).charges_enabled).toBe(true);
    await stripe.accounts.updateCapability(account.id, "card_payments", { requested: false });
    expect((await stripe.accounts.retrieve(account.id)).charges_enabled).toBe(false);
    await expect(
      stripe.accounts.updateCapability(account.id, "klarna_payments", { requested: true }),
    ).rejects.toMatchObject({ code: "sandbox_not_modelled" });
    await expect(stripe.accounts.retrieveCapability(account.id, "link_payments")).rejects.toMatchObject({
      statusCode: 404,
    });
  });

  it("refuse what cannot be meant", async () => {
    await expect(
      stripe.accounts.create({ type: "custom", controller: { losses: { payments: "stripe" } } }),
    ).rejects.toMatchObject({ code: "parameters_exclusive" });
    await expect(stripe.accounts.create({ country: "Narnia" })).rejects.toMatchObject({
      code: "country_unsupported",
    });
    await expect(
      stripe.accounts.create({ controller: { requirement_collection: "application" } }),
    ).rejects.toMatchObject({ param: "controller[requirement_collection]" });
    const { id } = await makeAccount();
    const urls = { refresh_url: "http://127.0.0.1:9/", return_url: "http://127.0.0.1:9/" };
    await expect(
      stripe.accountLinks.create({ account: id, type: "account_update", ...urls }),
    ).rejects.toMatchObject({ param: "type" });
    await expect(
      stripe.accountLinks.create({ account: "acct_none", type: "account_onboarding", ...urls }),
    ).rejects.toMatchObject({ code: "resource_missing", param: "account", statusCode: 400 });
  });
});

describe("inside an account", () => {
  it("every object, list, search, balance and event is its own", async () => {
    const { id } = await makeAccount();
    await onboard(id);
    const inside = { stripeAccount: id };
    const theirs = await stripe.customers.create({ name: "Theirs" }, inside);
    const ours = await stripe.customers.create({ name: "Ours" });
    await expect(stripe.customers.retrieve(theirs.id)).rejects.toMatchObject({ statusCode: 404 });
    await expect(stripe.customers.retrieve(ours.id, {}, inside)).rejects.toMatchObject({ statusCode: 404 });
    expect((await stripe.customers.list({}, inside)).data.map((row) => row.id)).toEqual([theirs.id]);
    expect((await stripe.customers.list()).data.map((row) => row.id)).not.toContain(theirs.id);
    const found = await stripe.customers.search({ query: "name:'Ours'" }, inside);
    expect(found.data).toEqual([]);
    await expect(stripe.customers.update(theirs.id, { name: "Mine" })).rejects.toMatchObject({
      statusCode: 404,
    });
    await world.sandbox.settled();
    const events = await stripe.events.list({ type: "customer.created" }, inside);
    expect(events.data.map(({ account }) => account)).toEqual([id]);
    const [event] = events.data;
    await expect(stripe.events.retrieve(event?.id ?? "")).rejects.toMatchObject({ statusCode: 404 });
    expect((await stripe.balance.retrieve({}, inside)).pending).toMatchObject([{ amount: 0 }]);
  });

  it("keeps custom ids and idempotency keys apart", async () => {
    const [one, two] = [await makeAccount(), await makeAccount()];
    const make = (account: string, name: string) =>
      stripe.products.create({ id: "same", name }, { stripeAccount: account, idempotencyKey: "k1" });
    expect((await make(one.id, "One")).name).toBe("One");
    expect((await make(two.id, "Two")).name).toBe("Two");
    expect((await make(one.id, "One")).lastResponse.headers["idempotent-replayed"]).toBe("true");
    await expect(make(one.id, "Other")).rejects.toMatchObject({ rawType: "idempotency_error" });
    const product = await stripe.products.create({ id: "same", name: "Ours" });
    expect(product.name).toBe("Ours");
    expect((await stripe.products.retrieve("same", {}, { stripeAccount: two.id })).name).toBe("Two");
  });

  it("subscriptions renew by a test clock of the account", async () => {
    const { id } = await makeAccount();
    await onboard(id);
    const client = clientOf(world.sandbox);
    const inside = { stripeAccount: id };
    const frozen = Math.floor(Date.now() / 1000);
    const clock = await client.testHelpers.testClocks.create({ frozen_time: frozen }, inside);
    const customer = await client.customers.create(
      {
        test_clock: clock.id,
        payment_method: "pm_card_visa",
        invoice_settings: { default_payment_method: "pm_card_visa" },
      },
      inside,
    );
    const price = await client.prices.create(
      { currency: "usd", unit_amount: 1000, recurring: { interval: "month" }, product_data: { name: "P" } },
      inside,
    );
    const subscription = await client.subscriptions.create(
      { customer: customer.id, items: [{ price: price.id }] },
      inside,
    );
    expect(subscription.status).toBe("active");
    await client.testHelpers.testClocks.advance(clock.id, { frozen_time: frozen + 32 * 86_400 }, inside);
    await expect
      .poll(async () => (await client.testHelpers.testClocks.retrieve(clock.id, {}, inside)).status)
      .toBe("ready");
    const invoices = await client.invoices.list({ subscription: subscription.id }, inside);
    expect(invoices.data.map(({ status, amount_paid }) => [status, amount_paid])).toEqual([
      ["paid", 1000],
      ["paid", 1000],
    ]);
    expect(invoices.data[0]?.account_name).toBe("shop@example.com");
    expect((await client.invoices.list()).data).toEqual([]);
  });

  it("takes payments from browsers once it is onboarded, challenges included", async () => {
    const { id } = await makeAccount();
    const inside = { stripeAccount: id };
    const make = () =>
      stripe.paymentIntents.create(
        { amount: 1000, currency: "usd", payment_method: "pm_card_threeDSecure2Required" },
        inside,
      );
    const browse = async (path: string, body?: Record<string, string>) => {
      const answer = await fetch(`${world.sandbox.url}${path}`, {
        method: body ? "POST" : "GET",
        headers: { authorization: "Bearer pk_test_x", "stripe-account": id },
        ...(body && { body: new URLSearchParams(body) }),
      });
      return (await answer.json()) as Stripe.PaymentIntent & { error?: { code: string } };
    };
    const intent = await make();
    const secret = { client_secret: intent.client_secret ?? "" };
    const confirm = `/v1/payment_intents/${intent.id}/confirm`;
    expect((await browse(confirm, secret)).error?.code).toBe("capability_not_active");
    await onboard(id);
    expect((await browse(confirm, secret)).status).toBe("requires_action");
    const session = await browse(`/_sandbox/elements/session?${new URLSearchParams(secret)}`);
    expect(session.amount).toBe(1000);
    await browse(`/_sandbox/3ds/${intent.id}`, { ...secret, outcome: "complete" });
    expect((await stripe.paymentIntents.retrieve(intent.id, {}, inside)).status).toBe("succeeded");
    expect((await stripe.paymentIntents.list()).data).toEqual([]);
  });

  it("has webhook endpoints of its own", async () => {
    const { id } = await makeAccount();
    const own = await startReceiver();
    const endpoint = await stripe.webhookEndpoints.create(
      { url: own.url, enabled_events: ["customer.created"] },
      { stripeAccount: id },
    );
    own.secret = endpoint.secret ?? "";
    await stripe.customers.create({ name: "In" }, { stripeAccount: id });
    await stripe.customers.create({ name: "Out" });
    await world.sandbox.settled();
    expect(own.received.map(({ event }) => Reflect.get(event.data.object, "name"))).toEqual(["In"]);
    await own.close();
  });

  it("thin events carry it as their context", async () => {
    const { id } = await makeAccount();
    const thin = await startReceiver();
    const destination = await stripe.v2.core.eventDestinations.create({
      name: "Connected",
      type: "webhook_endpoint",
      event_payload: "thin",
      enabled_events: ["v1.customer.created"],
      events_from: ["@accounts"],
      webhook_endpoint: { url: thin.url },
      include: ["webhook_endpoint.signing_secret"],
    });
    thin.secret = destination.webhook_endpoint?.signing_secret ?? "";
    await stripe.customers.create({ name: "In" }, { stripeAccount: id });
    await stripe.customers.create({ name: "Out" });
    await world.sandbox.settled();
    expect(thin.thin.map(({ notification }) => String(notification.context))).toEqual([id]);
    await stripe.v2.core.eventDestinations.del(destination.id);
    await thin.close();
  });

  it("a header for nobody, or for two, is refused; the platform's own id is the platform", async () => {
    const key = { authorization: "Bearer sk_test_x" };
    const ask = (headers: Record<string, string>) =>
      fetch(`${world.sandbox.url}/v1/customers`, { headers: { ...key, ...headers } });
    expect((await ask({ "stripe-account": "acct_nobody" })).status).toBe(403);
    expect((await ask({ "stripe-account": "acct_1", "stripe-context": "acct_1" })).status).toBe(400);
    expect((await ask({ "stripe-account": "acct_1FareboxSandbox" })).status).toBe(200);
    const { id } = await makeAccount();
    expect((await ask({ "stripe-context": id })).headers.get("stripe-account")).toBe(id);
  });

  it("survives a snapshot and its return, a charge's books among it", async () => {
    const { id } = await makeAccount();
    await onboard(id);
    const inside = new Stripe("sk_test_farebox", {
      host: "127.0.0.1",
      port: world.sandbox.port,
      protocol: "http",
      stripeAccount: id,
    });
    await charged(inside, "pm_card_visa");
    await makePrice(inside);
    await world.sandbox.settled();
    const before = await inside.balance.retrieve();
    const name = world.sandbox.snapshot();
    await makeCustomer(inside);
    world.sandbox.restore(name);
    expect((await inside.customers.list()).data).toEqual([]);
    expect((await inside.balance.retrieve()).pending).toEqual(before.pending);
    expect(before.pending[0]?.amount).toBeGreaterThan(0);
  });
});
