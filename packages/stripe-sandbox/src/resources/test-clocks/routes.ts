import { clockLifetimeMs } from "../../decisions/timing";
import { invalid, notModelled } from "../../http/errors";
import { page, pageParams } from "../../http/lists";
import { hash, natural, type Parser, text } from "../../http/params";
import { newId } from "../../ids";
import type { Tables, TestClock } from "../../tables";
import { clockStep } from "../../test-clock-step";
import type { Tx } from "../../transaction";
import { deleteCustomer } from "../customers";
import { type Resource, route } from "../resource";
import { checkRoom, latestTarget } from "./room";

const url = "/v1/test_helpers/test_clocks";
const keptSeconds = clockLifetimeMs() / 1000;
/** An advance takes a part of the bank's time before it begins, so that `advancing` can be seen. */
const firstStepShare = 5;
const lastMoment = Date.UTC(9999, 11, 31) / 1000;
const moment: Parser<number> = (raw, path) => {
  const value = natural(raw, path);
  if (value <= lastMoment) return value;
  throw invalid("Invalid timestamp: it is too far in the future.", "parameter_invalid_integer", path);
};

const createParams = hash({ frozen_time: moment, name: text, customer: text }, ["frozen_time"]);

const create = route("POST", url, createParams, ({ tx, params }) => {
  tx.enter(null);
  const { id } = tx.put("test_clocks", {
    id: newId("clock"),
    object: "test_helpers.test_clock",
    created: tx.now,
    deletes_after: tx.now + keptSeconds,
    frozen_time: params.frozen_time,
    livemode: false,
    name: params.name ?? null,
    status: "ready",
    status_details: {},
  });
  tx.schedule(keptSeconds * 1000, "test_clock.delete", id);
  tx.enter(id);
  tx.emit("test_helpers.test_clock.created", "test_clocks", id);
  if (params.customer) adopt(tx, id, params.customer);
  return tx.view("test_clocks", id);
});

/** A customer who has already been billed in real time cannot change to another time here. */
function adopt(tx: Tx, clock: string, customerId: string): void {
  const customer = tx.need("customers", customerId, "customer");
  if (customer.test_clock)
    throw invalid("This customer already belongs to a test clock.", undefined, "customer");
  const billed =
    tx.by("subscriptions", "customer", customerId).length + tx.by("invoices", "customer", customerId).length;
  if (billed > 0) throw notModelled("customer (of one that has been billed already)");
  checkRoom(tx, clock);
  tx.patch("customers", customerId, { test_clock: clock });
  tx.emit("customer.updated", "customers", customerId);
}

const retrieve = route("GET", `${url}/:`, hash({}), ({ tx, ids: [id] }) => tx.view("test_clocks", id));

const index = route("GET", url, hash(pageParams), ({ tx, params }) =>
  page(tx, "test_clocks", url, params, () => true),
);

const advanceParams = hash({ frozen_time: moment }, ["frozen_time"]);
const advance = route("POST", `${url}/:/advance`, advanceParams, ({ tx, params, ids: [id] }) => {
  const clock = tx.need("test_clocks", id);
  checkTarget(tx, clock, params.frozen_time);
  tx.patch("test_clocks", id, {
    status: "advancing",
    status_details: { advancing: { target_frozen_time: params.frozen_time } },
  });
  tx.emit("test_helpers.test_clock.advancing", "test_clocks", id);
  tx.enter(null);
  tx.schedule(tx.settings.settleDelayMs / firstStepShare, clockStep, id);
  return tx.view("test_clocks", id);
});

function checkTarget(tx: Tx, clock: TestClock, target: number): void {
  if (clock.status === "internal_failure")
    throw invalid("This test clock failed and can only be deleted.", undefined, "id");
  if (target <= clock.frozen_time)
    throw invalid(
      "frozen_time must be after the current frozen time of the clock.",
      undefined,
      "frozen_time",
    );
  if (target <= latestTarget(tx, clock)) return;
  const message =
    "frozen_time cannot be more than two intervals of the shortest subscription ahead, or two years without subscriptions.";
  throw invalid(message, undefined, "frozen_time");
}

/** A stub stays, because what is left of its customers still names it. */
function deleteClock(tx: Tx, id: string): Tables["tombstones"] {
  for (const customer of tx.by("customers", "test_clock", id)) deleteCustomer(tx, customer.id);
  for (const timer of tx.by("timers", "queue", id)) tx.remove("timers", timer.id);
  tx.unschedule(id);
  tx.emit("test_helpers.test_clock.deleted", "test_clocks", id);
  tx.remove("test_clocks", id);
  return tx.put("tombstones", { id, object: "test_helpers.test_clock", deleted: true });
}

const remove = route("DELETE", `${url}/:`, hash({}), ({ tx, ids: [id] }) => {
  tx.need("test_clocks", id);
  return deleteClock(tx, id);
});

export const testClocks: Resource = {
  routes: [create, retrieve, index, advance, remove],
  timers: {
    "test_clock.delete": (tx, id) => {
      if (!tx.get("test_clocks", id)) return;
      tx.enter(id);
      deleteClock(tx, id);
    },
  },
};
