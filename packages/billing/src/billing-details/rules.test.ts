import { describe, expect, it } from "vitest";
import { addressProblems, type BillingAddress, countries } from "./rules";
import { likelyTaxId, taxIdKindIds, taxIdKinds, taxIdProblem, tidyTaxId } from "./tax-ids";

const berlin: BillingAddress = {
  line1: "Am Platz 1",
  line2: "",
  city: "Berlin",
  state: "",
  postalCode: "10115",
  country: "DE",
};

describe("addressProblems", () => {
  it.each([
    [{}, []],
    [{ postalCode: "1011" }, ["postalCode"]],
    [{ line1: " ", city: "" }, ["line1", "city"]],
    [{ country: "XX" }, ["country"]],
    [{ country: "US", postalCode: "94107" }, ["state"]],
    [{ country: "US", postalCode: "94107-1234", state: "CA" }, []],
    [{ country: "CA", postalCode: "k1a 0b1", state: "ON" }, []],
    [{ country: "GB", postalCode: "SW1A1AA" }, []],
    [{ country: "GB", postalCode: "12345" }, ["postalCode"]],
    [{ country: "HK", postalCode: "" }, []],
    [{ country: "IE", postalCode: "" }, []],
    [{ country: "SG", city: "", postalCode: "018956" }, []],
    [{ country: "JP", postalCode: "100-0001" }, []],
  ])("%o: %j", (fields, problems) => {
    expect(Object.keys(addressProblems({ ...berlin, ...fields }))).toEqual(problems);
  });

  it("says what a code looks like", () => {
    expect(addressProblems({ ...berlin, country: "NL", postalCode: "1" }).postalCode).toBe(
      "Enter a postal code such as 1012 AB.",
    );
  });

  it("knows each country once", () => {
    expect(new Set(countries).size).toBe(countries.length);
    expect(countries.length).toBeGreaterThan(230);
  });
});

describe("tax ids", () => {
  it.each(taxIdKindIds)("the example of %s is in its form", (kind) => {
    expect(taxIdProblem(kind, taxIdKinds[kind].example)).toBeNull();
    expect(taxIdProblem(kind, "?")).toContain(taxIdKinds[kind].example);
  });

  it("are written in capital letters", () => {
    expect(tidyTaxId(" de123456789 ")).toBe("DE123456789");
    expect(taxIdProblem("eu_vat", "de123456789")).toBeNull();
  });

  it.each([
    ["DE", "eu_vat"],
    ["GB", "gb_vat"],
    ["CH", "ch_vat"],
    ["US", "us_ein"],
    ["", "eu_vat"],
  ])("in %s the first to ask for is %s", (country, kind) => {
    expect(likelyTaxId(country)).toBe(kind);
  });
});
