import { describe, expect, it } from "vitest";
import { declineMessage, declineReason } from "./decline-message";

describe("declineMessage", () => {
  it("prefers the bank's reason to Stripe's class of it", () => {
    const message = declineMessage({
      type: "card_error",
      code: "card_declined",
      decline_code: "insufficient_funds",
      message: "Your card has insufficient funds.",
    });
    expect(message).toContain("not enough money");
    expect(message).toContain("another card");
  });

  it("names the next step after a failed 3-D Secure check", () => {
    const message = declineMessage({
      type: "invalid_request_error",
      code: "payment_intent_authentication_failure",
    });
    expect(message).toContain("finish its check");
  });

  it("does not tell a thief that the card is reported stolen", () => {
    for (const decline_code of ["lost_card", "stolen_card", "pickup_card"]) {
      expect(declineMessage({ type: "card_error", code: "card_declined", decline_code })).not.toMatch(
        /lost|stolen/,
      );
    }
  });

  it("shows Stripe's sentence for an unknown card error, but not for a programming error", () => {
    expect(declineMessage({ type: "card_error", code: "new_code", message: "A new reason." })).toBe(
      "A new reason.",
    );
    expect(declineMessage({ type: "invalid_request_error", message: "Missing param" })).not.toContain(
      "param",
    );
  });

  it("promises no double charge when the answer was lost", () => {
    expect(declineMessage({ type: "api_connection_error" })).toContain("not be charged twice");
  });

  it("gives the reason alone for a payment of the past", () => {
    expect(declineReason("insufficient_funds")).toBe("There is not enough money on this card.");
    expect(declineReason("never_heard_of")).toBe("This payment did not go through.");
    expect(declineReason(null)).toBe("This payment did not go through.");
  });
});
