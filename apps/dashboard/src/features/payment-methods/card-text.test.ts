import { describe, expect, it } from "vitest";
import { cardExpiry, cardName, cardStanding } from "./card-text";

const now = Date.parse("2026-11-12T12:00:00.000Z");

describe("a card in words", () => {
  it("names the brand and the last digits", () => {
    expect(cardName({ brand: "visa", last4: "4242" })).toBe("Visa ending 4242");
    expect(cardName({ brand: "new_brand", last4: "0001" })).toBe("Card ending 0001");
  });

  it("writes the expiry as on the card", () => {
    expect(cardExpiry({ expMonth: 4, expYear: 2030 })).toBe("04/30");
  });
});

describe("cardStanding", () => {
  it.each([
    [{ expMonth: 10, expYear: 2026 }, null, "expired"],
    [{ expMonth: 11, expYear: 2026 }, null, "good"],
    [{ expMonth: 11, expYear: 2026 }, "2026-12-03T00:00:00.000Z", "expires_before_charge"],
    [{ expMonth: 12, expYear: 2026 }, "2026-12-03T00:00:00.000Z", "good"],
    [{ expMonth: 12, expYear: 2026 }, "2027-01-01T00:00:00.000Z", "expires_before_charge"],
  ])("%o with a charge at %s is %s", (card, charge, standing) => {
    expect(cardStanding(card, charge, now)).toBe(standing);
  });
});
