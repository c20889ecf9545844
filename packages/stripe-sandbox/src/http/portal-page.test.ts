import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PortalState } from "../browser/portal-state";
import { makePortal, type PortalWorld } from "../testing/portal";
import { type Started, start } from "../testing/start";

let world: Started;
let portal: PortalWorld;
beforeAll(async () => {
  world = await start();
  portal = await makePortal(world);
});
afterAll(() => world.sandbox.close());

async function newAddress(more: object = {}): Promise<string> {
  const { customer, configuration } = portal;
  const given = { customer: customer.id, configuration: configuration.id, ...more };
  return (await world.stripe.billingPortal.sessions.create(given)).url;
}

async function visit(address: string): Promise<string> {
  const response = await fetch(address);
  expect(response.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
  return (response.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
}

async function state(address: string, cookie: string) {
  const response = await fetch(`${address}/state`, { headers: { cookie } });
  return {
    status: response.status,
    body: (await response.json()) as PortalState & { error?: { code: string } },
  };
}

describe("the address of a portal session", () => {
  it("opens once, for one browser, and keeps it out of the API", async () => {
    const address = await newAddress();
    const cookie = await visit(address);
    expect(cookie).toMatch(/^portal=/);
    expect(await visit(address)).toBe("");
    expect((await state(address, "")).body.error?.code).toBe("portal_session_expired");
    const { body } = await state(address, cookie);
    expect(body).toMatchObject({
      customer: { email: "ada@example.com" },
      invoices: [{ status: "paid", total: 2000 }],
      payment_methods: [{ last4: "4242", default: true, needed: true }],
      subscriptions: [{ status: "active", can: { cancel: true, update: true, resume: false } }],
    });
    expect(await (await fetch(`${world.sandbox.url}/p/session/test_none/state`)).json()).toMatchObject({
      error: { code: "resource_missing" },
    });
  });

  it("waits five minutes to be opened, and lives an hour after the last look", async () => {
    const [late, used] = [await newAddress(), await newAddress()];
    const cookie = await visit(used);
    await world.advance(301);
    expect(await visit(late)).toBe("");
    expect((await state(used, cookie)).status).toBe(200);
    await world.advance(3599);
    expect((await state(used, cookie)).status).toBe(200);
    await world.advance(3601);
    expect((await state(used, cookie)).status).toBe(403);
  });

  it("does what its browser asks for, and answers refusals as sentences", async () => {
    const address = await newAddress();
    const cookie = await visit(address);
    const act = (action: string, given: object, sent = cookie) =>
      fetch(`${address}/${action}`, {
        method: "POST",
        headers: { "content-type": "application/json", cookie: sent },
        body: JSON.stringify(given),
      });
    const wanted = { subscription: portal.subscription.id };
    expect((await act("cancel", wanted, "portal=wrong")).status).toBe(403);
    expect(await (await act("cancel", wanted)).json()).toMatchObject({ next: null });
    const refused = await act("cancel", wanted);
    expect(await refused.json()).toMatchObject({
      error: { message: "The subscription is already set to be canceled." },
    });
    expect((await act("undo_cancel", wanted)).status).toBe(200);
    expect((await act("cancel", { ...wanted, surprise: 1 })).status).toBe(400);
  });
});

describe("the login page", () => {
  it("leads a customer to a session", async () => {
    const { stripe } = world;
    const { login_page: login } = await stripe.billingPortal.configurations.update(portal.configuration.id, {
      login_page: { enabled: true },
    });
    const logIn = (email: string) =>
      fetch(String(login.url), { method: "POST", body: JSON.stringify({ email }) }).then((one) => one.json());
    expect(await logIn("nobody@example.com")).toMatchObject({ error: { param: "email" } });
    const { url } = (await logIn("ADA@example.com")) as { url: string };
    expect(await visit(url)).toMatch(/^portal=/);
    await stripe.billingPortal.configurations.update(portal.configuration.id, {
      login_page: { enabled: false },
    });
    expect(await logIn("ada@example.com")).toMatchObject({ error: { code: "resource_missing" } });
  });
});

describe("POST /_sandbox/portal", () => {
  it("acts without a browser", async () => {
    const { customer, configuration, subscription } = portal;
    const session = await world.stripe.billingPortal.sessions.create({
      customer: customer.id,
      configuration: configuration.id,
    });
    const answer = await world.post(`/_sandbox/portal/${session.id}/pause`, {
      subscription: subscription.id,
    });
    expect(await answer.json()).toMatchObject({ result: { subscription: { status: "paused" } } });
    expect((await world.post("/_sandbox/portal/bps_none/pause", {})).status).toBe(404);
  });
});
