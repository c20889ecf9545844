// @vitest-environment jsdom
import { afterEach, describe, expect, it, vi } from "vitest";
import { closeOperation, openOperation, type Purchase } from "./operation-id";

const growth: Purchase = { customerId: "c1", plan: "growth", interval: "month", currency: "usd" };

afterEach(() => {
  vi.restoreAllMocks();
  window.sessionStorage.clear();
});

describe("the operation id of a purchase", () => {
  it("stays the same over reloads and tries", () => {
    const first = openOperation(growth);
    expect(first).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4/);
    expect(openOperation({ ...growth })).toBe(first);
  });

  it("differs by plan, interval, currency, seats and customer", () => {
    const ids = [
      growth,
      { ...growth, plan: "starter" },
      { ...growth, interval: "year" as const },
      { ...growth, currency: "eur" as const },
      { ...growth, customerId: "c2" },
      { ...growth, seats: 3 },
    ].map((purchase) => openOperation(purchase));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("is a new one once the purchase is closed", () => {
    const first = openOperation(growth);
    closeOperation(growth);
    expect(openOperation(growth)).not.toBe(first);
  });

  it("lasts until reload where storage is blocked", () => {
    vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
      throw new DOMException("blocked", "SecurityError");
    });
    const first = openOperation(growth);
    expect(openOperation(growth)).toBe(first);
    closeOperation(growth);
    expect(openOperation(growth)).not.toBe(first);
  });
});
