import { expect, it } from "vitest";
import { oklchToHex } from "./oklch";

it.each([
  ["oklch(1 0 255)", "#ffffff"],
  ["oklch(0 0 0)", "#000000"],
  ["oklch(0.62796 0.25768 29.234)", "#ff0000"],
  ["oklch(0.86644 0.29483 142.495)", "#00ff00"],
  ["oklch(0.45201 0.31321 264.052)", "#0000ff"],
  ["oklch(98.4% .004 255)", "#f8fafc"],
  [" #123456 ", "#123456"],
  ["oklch(0.2 0.01 255 / 0.45)", "oklch(0.2 0.01 255 / 0.45)"],
])("turns %s into %s", (value, hex) => {
  expect(oklchToHex(value)).toBe(hex);
});
