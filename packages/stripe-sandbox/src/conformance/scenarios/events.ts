import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { makeCustomer, makePrice } from "../../testing/world";
import { refused } from "../refused";
import type { Scenario } from ".";

export const events: Scenario = async (stripe, sandbox) => {
  const endpoint = await stripe.webhookEndpoints.create({
    url: "http://127.0.0.1:1/",
    enabled_events: ["coupon.created"],
    description: "Main",
    metadata: { a: "b" },
  });
  await stripe.webhookEndpoints.update(endpoint.id, { disabled: true, enabled_events: ["*"] });
  await stripe.webhookEndpoints.retrieve(endpoint.id);
  await stripe.webhookEndpoints.list();
  await stripe.customers.create({ name: "Ada" }, { idempotencyKey: "once" });
  await refused(stripe.customers.create({ name: "Bob" }, { idempotencyKey: "once" }));
  await sandbox.settled();
  const { data } = await stripe.events.list({ limit: 2, types: ["customer.created"] });
  await stripe.events.retrieve(data[0]?.id ?? "");
  await refused(stripe.events.retrieve("evt_none"));
  await stripe.webhookEndpoints.del(endpoint.id);
  await refused(stripe.webhookEndpoints.create({ url: "nowhere", enabled_events: ["*"] }));
};

export const thinEvents: Scenario = async (stripe, sandbox) => {
  const server = createServer((_request, response) => response.end("seen"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const { eventDestinations } = stripe.v2.core;
  const made = await eventDestinations.create({
    name: "Main",
    description: "All",
    type: "webhook_endpoint",
    event_payload: "thin",
    enabled_events: ["*"],
    webhook_endpoint: { url },
    metadata: { a: "b" },
    include: ["webhook_endpoint.signing_secret", "webhook_endpoint.url"],
  });
  await eventDestinations.update(made.id, { name: "New", include: ["webhook_endpoint.url"] });
  await eventDestinations.disable(made.id);
  await eventDestinations.enable(made.id);
  await eventDestinations.retrieve(made.id);
  await eventDestinations.list();
  const price = await makePrice(stripe);
  const customer = await makeCustomer(stripe, "pm_card_visa");
  await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] });
  const ping = await eventDestinations.ping(made.id);
  await sandbox.settled();
  await stripe.v2.core.events.retrieve(ping.id);
  await stripe.v2.core.events.list({ limit: 100 });
  await refused(stripe.v2.core.events.retrieve("evt_test_none"));
  await eventDestinations.del(made.id);
  await new Promise((resolve) => server.close(resolve));
};
