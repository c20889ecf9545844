import { invalid } from "../../http/errors";
import { bool, clearable, hash, int, list, natural, type Parser, text } from "../../http/params";

function byKey<T>(value: Parser<T>): Parser<Record<string, T>> {
  return (raw, path) => {
    if (typeof raw === "string") throw invalid("Invalid object", undefined, path);
    return Object.fromEntries(
      Object.entries(raw).map(([key, entry]) => [key, value(entry, `${path}[${key}]`)]),
    );
  };
}

/** An empty field of the page is a field that was not filled in. */
const typed: Parser<string | undefined> = (raw, path) => (raw === "" ? undefined : text(raw, path));

const adjustments = {
  optional_items: list(hash({ price: text, quantity: natural }, ["price"])),
  promotion_code: clearable(text),
  /** By line item, where they are adjustable. */
  quantities: byKey(natural),
};
export const adjustmentParams = hash(adjustments);
export type Adjustment = ReturnType<typeof adjustmentParams>;

/** What the page sends, or a test instead of it. */
export const completionParams = hash({
  ...adjustments,
  address: hash({
    city: typed,
    country: typed,
    line1: typed,
    line2: typed,
    postal_code: typed,
    state: typed,
  }),
  business_name: typed,
  card: hash({ number: text, exp_month: int, exp_year: int, cvc: text }, ["number", "exp_month", "exp_year"]),
  custom_fields: byKey(typed),
  email: typed,
  individual_name: typed,
  name: typed,
  payment_method: text,
  phone: typed,
  /** Keep the card for the next time, where the session offers that. */
  save_card: bool,
  tax_id: hash({ type: typed, value: typed }),
  terms_accepted: bool,
});
export type Completion = ReturnType<typeof completionParams>;
