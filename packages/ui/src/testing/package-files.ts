/// <reference types="node" />
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(import.meta.url).replace(/src.testing.[^/\\]*$/, "");

export const styleSheet = readFileSync(`${folder}src/styles.css`, "utf8");
export const bootScript = readFileSync(`${folder}public/theme-boot.js`, "utf8");

/** The colour tokens that the style sheet declares for one theme. */
export function themeTokens(theme: "light" | "dark"): Map<string, string> {
  const block = new RegExp(`\\[data-theme="${theme}"\\] \\{([^}]*)\\}`).exec(styleSheet)?.[1];
  if (!block) throw new Error(`styles.css has no block for the theme ${theme}`);
  const tokens = block.matchAll(/(--[\w-]+):\s*(oklch\([^)]*\))/g);
  return new Map([...tokens].map(([, name, value]) => [String(name), String(value)]));
}
