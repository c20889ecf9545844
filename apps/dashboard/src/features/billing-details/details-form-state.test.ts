import { describe, expect, it } from "vitest";
import { addressIn, type DetailsDraft, detailsErrors, draftOf, hasAddress } from "./details-form-state";

const draft: DetailsDraft = {
  name: "Ada GmbH",
  email: "ada@example.com",
  phone: "",
  language: "en",
  line1: "",
  line2: "",
  city: "",
  state: "",
  postalCode: "",
  country: "",
};

describe("the form of billing details", () => {
  it("may go without an address, but not with half of one", () => {
    expect(detailsErrors(draft)).toEqual({});
    expect(hasAddress(draft)).toBe(false);
    expect(addressIn(draft)).toBeNull();
    expect(Object.keys(detailsErrors({ ...draft, city: "Berlin" }))).toEqual(["country", "line1"]);
    const whole = { ...draft, line1: "Am Platz 1", city: "Berlin", postalCode: "10115", country: "DE" };
    expect(detailsErrors(whole)).toEqual({});
    expect(addressIn(whole)).toMatchObject({ city: "Berlin", state: "" });
  });

  it("names each field to fix", () => {
    expect(Object.keys(detailsErrors({ ...draft, name: " ", email: "x" }))).toEqual(["name", "email"]);
    expect(detailsErrors({ ...draft, phone: "1".repeat(21) })).toHaveProperty("phone");
  });

  it("starts with what is known", () => {
    const { name, email, phone, language } = draft;
    expect(draftOf({ name, email, phone, language, address: null, taxExempt: "none", taxIds: [] })).toEqual(
      draft,
    );
  });
});
