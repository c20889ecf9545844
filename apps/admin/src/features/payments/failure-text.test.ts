import { expect, test } from "vitest";
import { cardText } from "../../lib/card-text";
import { failureText } from "./failure-text";

test.each([
  [{ failureCode: null, failureMessage: null }, null],
  [{ failureCode: "insufficient_funds", failureMessage: "Your card has…" }, "Not enough money on the card"],
  [{ failureCode: "new_code", failureMessage: "Your card was odd." }, "Your card was odd."],
  [{ failureCode: "new_code", failureMessage: null }, "New code"],
  [{ failureCode: null, failureMessage: "Not possible." }, "Not possible."],
])("%j reads %j", (payment, text) => {
  expect(failureText(payment)).toBe(text);
});

test.each([
  [{ brand: "visa", last4: "4242" }, "Visa •••• 4242"],
  [{ brand: "amex", last4: "0005" }, "American Express •••• 0005"],
  [{ brand: "cartes_bancaires", last4: "1001" }, "Cartes bancaires •••• 1001"],
])("%j reads %j", (card, text) => {
  expect(cardText(card)).toBe(text);
});
