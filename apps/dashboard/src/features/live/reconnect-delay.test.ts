import { expect, it } from "vitest";
import { reconnectDelay } from "./reconnect-delay";

it("waits longer after each failure, never over half a minute", () => {
  expect([1, 2, 3, 10].map((failures) => reconnectDelay(failures, 1))).toEqual([1000, 2000, 4000, 30000]);
  expect(reconnectDelay(1, 0)).toBe(500);
});
