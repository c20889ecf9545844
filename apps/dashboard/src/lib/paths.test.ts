import { describe, expect, it } from "vitest";
import { localPath, oneOf, textParam } from "./paths";

describe("localPath", () => {
  it.each(["/", "/invoices/in_1", "/checkout?plan=growth&interval=month", "/plans#growth"])(
    "keeps %s",
    (path) => {
      expect(localPath(path)).toBe(path);
    },
  );

  it.each([
    "https://elsewhere.example/",
    "//elsewhere.example/path",
    "/\\elsewhere.example",
    "/\t/elsewhere.example",
    "javascript:alert(1)",
    "plans",
    "/sign-in?next=/sign-in",
    42,
    undefined,
  ])("refuses %s", (path) => {
    expect(localPath(path)).toBeUndefined();
  });
});

describe("search parameters", () => {
  it("fall away when they are not of the list", () => {
    expect(oneOf(["month", "year"], "year")).toBe("year");
    expect(oneOf(["month", "year"], "week")).toBeUndefined();
    expect(oneOf(["month", "year"], ["year"])).toBeUndefined();
  });

  it("are text or absent", () => {
    expect(textParam("abc")).toBe("abc");
    expect(textParam("")).toBeUndefined();
    expect(textParam(7)).toBeUndefined();
  });
});
