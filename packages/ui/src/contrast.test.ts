import { describe, expect, it } from "vitest";
import { oklchToHex } from "./oklch";
import { themeTokens } from "./testing/package-files";

const grounds = ["--surface", "--raised", "--sunken", "--hover"];
const tones = ["--success", "--warning", "--danger", "--info"];

const text: [foreground: string, background: string][] = [
  ...grounds.flatMap((ground): [string, string][] => [
    ["--ink", ground],
    ["--ink-quiet", ground],
    ["--accent-text", ground],
  ]),
  ...tones.flatMap((tone): [string, string][] => [
    [tone, `${tone}-soft`],
    [tone, "--surface"],
    [tone, "--raised"],
    [tone, "--hover"],
    ["--ink", `${tone}-soft`],
    ["--ink-quiet", `${tone}-soft`],
  ]),
  ["--ink", "--accent-soft"],
  ["--ink-quiet", "--accent-soft"],
  ["--accent-text", "--accent-soft"],
  ["--accent-ink", "--accent"],
  ["--accent-ink", "--accent-hover"],
  ["--accent-ink", "--danger-solid"],
  ["--accent-ink", "--danger-solid-hover"],
  ["--surface", "--ink"],
];

const marks: [foreground: string, background: string][] = [
  ["--control-border", "--surface"],
  ["--control-border", "--raised"],
  ["--control-border", "--sunken"],
  ...grounds.map((ground): [string, string] => ["--focus", ground]),
  ["--focus", "--accent-soft"],
  ["--accent", "--surface"],
  ["--accent", "--raised"],
];

describe.each(["light", "dark"] as const)("the %s theme", (theme) => {
  const tokens = themeTokens(theme);
  const ratio = (one: string, other: string) => contrast(colorOf(tokens, one), colorOf(tokens, other));

  it.each(text)("shows text %s on %s at 4.5:1", (foreground, background) => {
    expect(ratio(foreground, background)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(marks)("shows marks %s on %s at 3:1", (foreground, background) => {
    expect(ratio(foreground, background)).toBeGreaterThanOrEqual(3);
  });

  it("gives all tones one lightness", () => {
    const lightness = (name: string) => tokens.get(name)?.split(/[( ]/)[1];
    expect(new Set(tones.map(lightness)).size).toBe(1);
    expect(new Set(tones.map((tone) => lightness(`${tone}-soft`))).size).toBe(1);
  });
});

it("declares the same tokens in both themes", () => {
  expect([...themeTokens("dark").keys()]).toEqual([...themeTokens("light").keys()]);
});

it("knows the contrast of black and white", () => {
  expect(contrast("#000000", "#ffffff")).toBeCloseTo(21);
  expect(contrast("#777777", "#ffffff")).toBeCloseTo(4.48, 2);
});

function colorOf(tokens: Map<string, string>, name: string): string {
  const value = tokens.get(name);
  if (!value) throw new Error(`no token ${name}`);
  return oklchToHex(value);
}

function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((start) => {
    const channel = Number.parseInt(hex.slice(start, start + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
