import { invalid } from "../http/errors";
import { anything, clearable, hash, int, text, unsupported } from "../http/params";
import { newId } from "../ids";
import type { PaymentMethod, Token } from "../tables";
import type { Tx } from "../transaction";
import { newPaymentMethod } from "./payment-methods/use";
import { type Resource, route } from "./resource";

const url = "/v1/tokens";

const cardFields = hash(
  {
    address_city: clearable(text),
    address_country: clearable(text),
    address_line1: clearable(text),
    address_line2: clearable(text),
    address_state: clearable(text),
    address_zip: clearable(text),
    currency: text,
    cvc: text,
    exp_month: int,
    exp_year: int,
    name: clearable(text),
    networks: anything,
    number: text,
  },
  ["exp_month", "exp_year", "number"],
);
type CardFields = ReturnType<typeof cardFields>;
const createParams = hash({
  account: unsupported,
  bank_account: unsupported,
  card: cardFields,
  customer: unsupported,
  cvc_update: unsupported,
  person: unsupported,
  pii: unsupported,
});

function create(tx: Tx, given: CardFields): Token {
  const { number, exp_month, exp_year, cvc, name = null } = given;
  const address = {
    city: given.address_city ?? null,
    country: given.address_country ?? null,
    line1: given.address_line1 ?? null,
    line2: given.address_line2 ?? null,
    postal_code: given.address_zip ?? null,
    state: given.address_state ?? null,
  };
  const method = newPaymentMethod(tx, {
    card: { number, exp_month, exp_year, ...(cvc && { cvc }) },
    billing_details: { name, address },
  });
  const id = newId("tok");
  tx.put("token_methods", { id, method: method.id });
  return tx.put("tokens", {
    id,
    object: "token",
    card: cardOf(method),
    client_ip: null,
    created: tx.now,
    livemode: false,
    type: "card",
    used: false,
  });
}

function cardOf({
  card: shown,
  billing_details: { address, name },
}: PaymentMethod): NonNullable<Token["card"]> {
  if (!shown) throw new Error("A card token is made of a card");
  return {
    id: newId("card"),
    object: "card",
    address_city: address?.city ?? null,
    address_country: address?.country ?? null,
    address_line1: address?.line1 ?? null,
    address_line1_check: address?.line1 ? "unchecked" : null,
    address_line2: address?.line2 ?? null,
    address_state: address?.state ?? null,
    address_zip: address?.postal_code ?? null,
    address_zip_check: address?.postal_code ? "unchecked" : null,
    brand: brandNames[shown.brand] ?? shown.brand,
    country: shown.country,
    cvc_check: shown.checks?.cvc_check ?? null,
    dynamic_last4: null,
    exp_month: shown.exp_month,
    exp_year: shown.exp_year,
    fingerprint: shown.fingerprint ?? null,
    funding: shown.funding,
    last4: shown.last4,
    metadata: {},
    name,
    networks: { preferred: null },
    regulated_status: shown.regulated_status,
    tokenization_method: null,
  };
}

/** Cards of the old kind are named as people name them. */
const brandNames: Record<string, string> = {
  visa: "Visa",
  mastercard: "MasterCard",
  amex: "American Express",
  discover: "Discover",
  diners: "Diners Club",
  jcb: "JCB",
  unionpay: "UnionPay",
};

export const tokens: Resource = {
  routes: [
    route(
      "POST",
      url,
      createParams,
      ({ tx, params }) => {
        if (params.card) return create(tx, params.card);
        throw invalid("You must supply either a card or a bank account.", "parameter_missing", "card");
      },
      "browser",
    ),
    route("GET", `${url}/:`, hash({}), ({ tx, ids: [id] }) => tx.view("tokens", id)),
  ],
};
