import { expect, test } from "vitest";
import { startOfDay } from "../../lib/search-day";
import { filterOf, isFiltered, webhooksSearch } from "./webhooks-search";

test("each tab has its own parameters, and what is none is left out", () => {
  expect(webhooksSearch({ tab: "dead", reason: "not_mappable", type: "invoice.paid" })).toEqual({
    tab: "dead",
    reason: "not_mappable",
  });
  expect(
    webhooksSearch({ tab: "elsewhere", status: "lost", from: "yesterday", type: " invoice.paid " }),
  ).toEqual({
    type: "invoice.paid",
  });
});

test("the filter holds whole days: the last one too", () => {
  const filter = filterOf({ object: "in_1", from: "2026-11-01", to: "2026-11-01" });
  expect(filter).toMatchObject({
    objectId: "in_1",
    from: startOfDay("2026-11-01"),
    to: startOfDay("2026-11-02"),
  });
  expect(isFiltered({ cursor: "x", event: "own/evt_1" })).toBe(false);
  expect(isFiltered({ to: "2026-11-01" })).toBe(true);
});
