import { describe, expect, it } from "vitest";
import { appearanceCss, variableOf } from "./appearance";

describe("appearanceCss", () => {
  it("lets the caller's variables win over the theme", () => {
    const css = appearanceCss({ theme: "night", variables: { colorPrimary: "oklch(0.7 0.1 262)" } });
    expect(css).toContain("--colorPrimary:oklch(0.7 0.1 262)");
    expect(css).toContain("--colorBackground:#30313d");
    expect(css.match(/--colorPrimary:/g)).toHaveLength(1);
  });

  it("writes rules with the selectors of the Appearance API", () => {
    const css = appearanceCss({
      rules: { ".Input--invalid:focus": { boxShadow: "none", borderColor: "var(--colorDanger)" } },
    });
    expect(css).toContain(".Input--invalid:focus{box-shadow:none;border-color:var(--colorDanger)}");
  });

  it("falls back to the stripe theme for one it does not know", () => {
    expect(variableOf({ theme: "minimal" }, "colorPrimary")).toBe("#0570de");
  });

  it.each([
    { variables: { colorText: "red} body{display:none" } },
    { variables: { "x:1;--y": "1" } },
    { rules: { ".Input{}body": { color: "red" } } },
    { rules: { ".Input": { background: "url(https://elsewhere.test/pixel)" } } },
    { rules: { ".Input": { "color:red;background": "blue" } } },
  ])("drops what would leave its declaration: %j", (appearance) => {
    const css = appearanceCss(appearance as object);
    expect(css).not.toMatch(/body|url\(|red|--y/);
  });
});
