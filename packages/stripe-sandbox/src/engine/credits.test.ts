import fc from "fast-check";
import { expect, it } from "vitest";
import { type Grant, inOrder, useCredits } from "./credits";

const grant = (id: string, given: Partial<Grant> = {}): Grant => ({
  id,
  balance: 1000,
  priority: 50,
  category: "paid",
  effective: 0,
  expires: null,
  created: 0,
  prices: null,
  ...given,
});

it("spends by priority, expiry, category, effective date and age", () => {
  const grants = [
    grant("old", { created: -1 }),
    grant("plain"),
    grant("gift", { category: "promotional" }),
    grant("expiring", { expires: 9 }),
    grant("first", { priority: 0 }),
  ];
  expect(inOrder(grants).map(({ id }) => id)).toEqual(["first", "expiring", "gift", "old", "plain"]);
});

it("goes on to the next grant only when one is empty, and never beyond a line", () => {
  const lines = [
    { id: "il_1", amount: 700, price: "a" },
    { id: "il_2", amount: 900, price: "b" },
  ];
  expect(useCredits(lines, [grant("x", { balance: 1000 }), grant("y", { prices: ["b"] })])).toEqual([
    { line: "il_1", grant: "x", amount: 700 },
    { line: "il_2", grant: "x", amount: 300 },
    { line: "il_2", grant: "y", amount: 600 },
  ]);
});

it("uses neither more than there is nor more than is owed", () => {
  const amounts = fc.array(fc.integer({ min: -500, max: 5000 }), { maxLength: 6 });
  const balances = fc.array(fc.integer({ min: 0, max: 4000 }), { maxLength: 5 });
  fc.assert(
    fc.property(amounts, balances, (owed, held) => {
      const lines = owed.map((amount, at) => ({ id: `il_${at}`, amount, price: "a" }));
      const uses = useCredits(
        lines,
        held.map((balance, at) => grant(`g_${at}`, { balance })),
      );
      const total = uses.reduce((sum, use) => sum + use.amount, 0);
      const due = owed.reduce((sum, amount) => sum + Math.max(0, amount), 0);
      expect(total).toBe(
        Math.min(
          due,
          held.reduce((sum, amount) => sum + amount, 0),
        ),
      );
    }),
  );
});
