import fc from "fast-check";
import { expect, it } from "vitest";
import { rational } from "./money";
import { aggregate, billable, type Usage } from "./usage";

const event = fc.record({
  value: fc
    .tuple(fc.integer({ min: -1_000_000, max: 1_000_000 }), fc.integer({ min: 0, max: 999 }))
    .map(([whole, part]) => `${whole}.${String(part).padStart(3, "0")}`),
  timestamp: fc.integer({ min: 0, max: 50 }),
});
const thousandths = ({ value }: Usage) => BigInt(value.replace(".", ""));

it("sums exactly, whatever the order", () => {
  fc.assert(
    fc.property(fc.array(event), (events) => {
      const total = aggregate("sum", events);
      const expected = events.reduce((sum, one) => sum + thousandths(one), 0n);
      expect(total.num * 1000n).toBe(expected * total.den);
      const turned = aggregate("sum", [...events].reverse());
      expect(turned.num * total.den).toBe(total.num * turned.den);
    }),
  );
});

it("counts events and takes the latest, the later received of two at once", () => {
  fc.assert(
    fc.property(fc.array(event, { minLength: 1 }), (events) => {
      expect(aggregate("count", events)).toEqual(rational(events.length));
      const newest = Math.max(...events.map(({ timestamp }) => timestamp));
      const last = events.filter(({ timestamp }) => timestamp === newest).at(-1);
      expect(aggregate("last", events)).toEqual(aggregate("sum", last ? [last] : []));
    }),
  );
});

it("bills nothing where corrections outweigh usage, and nothing where there was none", () => {
  expect(
    billable(
      aggregate("sum", [
        { value: "2", timestamp: 1 },
        { value: "-3", timestamp: 2 },
      ]),
    ),
  ).toBe("0");
  expect(billable(aggregate("last", []))).toBe("0");
  expect(
    billable(
      aggregate("sum", [
        { value: "0.1", timestamp: 1 },
        { value: "0.2", timestamp: 2 },
      ]),
    ),
  ).toBe("0.3");
});
