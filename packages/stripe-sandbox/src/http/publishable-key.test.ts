import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { resources } from "../resources";
import { type Started, start } from "../testing/start";

let world: Started;

beforeAll(async () => {
  world = await start();
});
afterAll(() => world.sandbox.close());

const routes = resources.flatMap(({ routes = [] }) => routes);

/** What a browser needs, and no more. */
const reachable = [
  "GET /v1/payment_intents/:",
  "GET /v1/setup_intents/:",
  "POST /v1/confirmation_tokens",
  "POST /v1/payment_intents/:/confirm",
  "POST /v1/payment_methods",
  "POST /v1/setup_intents/:/confirm",
  "POST /v1/tokens",
];

async function ask(method: string, path: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${world.sandbox.url}${path.replaceAll(":", "id_1")}`, {
    method,
    headers: { authorization: "Bearer pk_test_browser", ...headers },
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

describe("a publishable key", () => {
  it("is let through to what the form needs", () => {
    const open = routes.filter(({ access }) => access === "browser");
    expect(open.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(reachable);
  });

  it("is refused everywhere else, before anything is read or done", async () => {
    const closed = routes.filter(({ access }) => access !== "browser");
    expect(closed.length).toBeGreaterThan(150);
    const before = await world.post("/_sandbox/snapshot", { name: "before" });
    expect(before.status).toBe(200);
    const wrong: string[] = [];
    for (const { method, path } of closed) {
      const { status, text } = await ask(method, path);
      const { code, type } = JSON.parse(text).error;
      const refused = status === 401 && code === "secret_key_required" && type === "invalid_request_error";
      if (!refused) wrong.push(`${method} ${path}: ${status} ${text}`);
    }
    expect(wrong).toEqual([]);
    const state = await (await fetch(`${world.sandbox.url}/_sandbox/objects/events`)).json();
    expect(state).toEqual([]);
  });

  it("shows the client secret of the object it asks for, and no other", async () => {
    const { stripe } = world;
    const [mine, other] = await Promise.all([
      stripe.paymentIntents.create({ amount: 500, currency: "usd" }),
      stripe.paymentIntents.create({ amount: 500, currency: "usd" }),
    ]);
    const setup = await stripe.setupIntents.create();
    for (const path of [`/v1/payment_intents/${mine.id}`, `/v1/setup_intents/${setup.id}`]) {
      expect(await ask("GET", path)).toMatchObject({ status: 401 });
      expect(await ask("GET", `${path}?client_secret=${other.client_secret}`)).toMatchObject({ status: 400 });
      expect((await world.browse(`${path}/confirm`, { payment_method: "pm_card_visa" })).status).toBe(401);
      const stolen = { client_secret: other.client_secret ?? "", payment_method: "pm_card_visa" };
      expect((await world.browse(`${path}/confirm`, stolen)).status).toBe(400);
    }
    expect((await stripe.paymentIntents.retrieve(mine.id)).status).toBe("requires_payment_method");
    const challenge = await world.browse(`/_sandbox/3ds/${mine.id}`, {
      client_secret: other.client_secret ?? "",
      outcome: "complete",
    });
    expect(challenge.status).toBe(400);
  });

  it("cannot look at a saved card by making a token of it, without the session that shows it", async () => {
    const { stripe } = world;
    const customer = await stripe.customers.create({ name: "Ada" });
    const { id } = await stripe.paymentMethods.attach("pm_card_visa", { customer: customer.id });
    const make = (params: Record<string, string>) => world.browse("/v1/confirmation_tokens", params);
    expect((await make({ payment_method: id })).status).toBe(401);
    const session = await stripe.customerSessions.create({
      customer: customer.id,
      components: { payment_element: { enabled: true, features: { payment_method_redisplay: "enabled" } } },
    });
    const shown = { payment_method: id, customer_session_client_secret: session.client_secret };
    expect((await make(shown)).status).toBe(401);
    await stripe.paymentMethods.update(id, { allow_redisplay: "always" });
    expect((await make(shown)).status).toBe(200);
    const none = { ...shown, customer_session_client_secret: "cuss_secret_guess" };
    expect((await make(none)).body.error).toMatchObject({ code: "resource_missing" });
  });

  it("removes a saved card only where the session says so", async () => {
    const { stripe } = world;
    const customer = await stripe.customers.create();
    const { id } = await stripe.paymentMethods.attach("pm_card_visa", { customer: customer.id });
    const limited = await stripe.paymentMethods.attach("pm_card_amex", { customer: customer.id });
    await stripe.paymentMethods.update(id, { allow_redisplay: "always" });
    const secretOf = async (payment_method_remove: "enabled" | "disabled") => {
      const session = await stripe.customerSessions.create({
        customer: customer.id,
        components: {
          payment_element: {
            enabled: true,
            features: { payment_method_redisplay: "enabled", payment_method_remove },
          },
        },
      });
      return { customer_session_client_secret: session.client_secret };
    };
    const remove = (method: string, params: Record<string, string>) =>
      world.browse(`/_sandbox/elements/payment_methods/${method}/remove`, params);
    expect((await remove(id, {})).status).toBe(400);
    expect((await remove(id, await secretOf("disabled"))).status).toBe(403);
    const allowed = await secretOf("enabled");
    expect((await remove(limited.id, allowed)).status).toBe(404);
    expect(await remove(id, allowed)).toMatchObject({ status: 200, body: { id, card: { last4: "4242" } } });
    expect((await remove(id, allowed)).status).toBe(404);
    expect((await stripe.paymentMethods.retrieve(id)).customer).toBeNull();
    expect(await world.eventTypes()).toContain("payment_method.detached");
    await world.advance(31 * 60);
    expect((await remove(id, allowed)).status).toBe(400);
  });

  it("is answered on every origin, refusals included, after a preflight that allows it", async () => {
    const origin = { origin: "https://shop.example" };
    const intent = await world.stripe.paymentIntents.create({ amount: 500, currency: "usd" });
    for (const [method, path] of [
      ["GET", `/v1/payment_intents/${intent.id}?client_secret=${intent.client_secret}`],
      ["POST", "/v1/customers"],
      ["GET", `/_sandbox/elements/session?client_secret=${intent.client_secret}`],
      ["POST", "/_sandbox/elements/payment_methods/pm_1/remove"],
      ["POST", `/_sandbox/3ds/${intent.id}`],
    ] as const) {
      const preflight = await ask("OPTIONS", path, origin);
      expect(preflight.status, path).toBe(204);
      const allowed = preflight.headers.get("access-control-allow-headers") ?? "";
      expect(allowed.split(/, */)).toEqual(expect.arrayContaining(["authorization", "content-type"]));
      expect(preflight.headers.get("access-control-allow-methods")).toContain(method);
      const answer = await ask(method, path, origin);
      expect(answer.headers.get("access-control-allow-origin"), path).toBe("*");
    }
  });
});
