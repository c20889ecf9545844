import { expect, it } from "vitest";
import { withoutCardNumbers } from "./card-numbers";

it.each([
  ["No such PaymentMethod: '4242424242424242'", "No such PaymentMethod: '***'"],
  ["4000 0027 6000 3184 and 3782 822463 10005", "*** and ***"],
  ["378282246310005", "***"],
  ["4242424242424241", "4242424242424241"],
  ["pi_4242424242424242 at 1795306766", "pi_4242424242424242 at 1795306766"],
  ["short", "short"],
])("takes what is a card number out of %j", (text, expected) => {
  expect(withoutCardNumbers(text)).toBe(expected);
});
