import { fromDecimal } from "../engine/money";
import { invalid } from "../http/errors";
import { created, inRange, page, pageParams } from "../http/lists";
import { bool, decimal, hash, list, mergeMetadata, metadata, oneOf, type Parser, text } from "../http/params";
import { newId } from "../ids";
import type { TaxRate } from "../tables";
import type { Tx } from "../transaction";
import { type Resource, route } from "./resource";

const url = "/v1/tax_rates";

const percentage: Parser<number> = (raw, path) => {
  const { num, den } = fromDecimal(decimal(raw, path));
  if (num >= 0n && num <= 100n * den && (num * 10_000n) % den === 0n) return Number(raw);
  throw invalid("percentage must be from 0 to 100, with up to four decimal places.", undefined, path);
};

const types = [
  ...["admissions_tax", "amusement_tax", "attendance_tax", "communications_tax", "digital_excise_tax"],
  ...["entertainment_tax", "get_fund", "gross_receipts_tax", "gst", "hospitality_tax", "hst", "igst", "jct"],
  ...["lease_tax", "luxury_tax", "mass_transit_parking_tax", "nhil", "parking_tax", "pst", "qst"],
  ...["resort_tax", "retail_delivery_fee", "rst", "sales_tax", "service_tax", "tourism_tax"],
  ...["utility_users_tax", "vat"],
];

const editable = {
  active: bool,
  country: text,
  description: text,
  display_name: text,
  jurisdiction: text,
  metadata,
  state: text,
  tax_type: oneOf(...types),
};
const createParams = hash({ ...editable, inclusive: bool, percentage }, [
  "display_name",
  "inclusive",
  "percentage",
]);

const create = route("POST", url, createParams, ({ tx, params }) => {
  const { metadata: pairs, ...given } = params;
  const { id } = tx.put("tax_rates", {
    id: newId("txr"),
    object: "tax_rate",
    active: true,
    country: null,
    created: tx.now,
    description: null,
    effective_percentage: null,
    flat_amount: null,
    jurisdiction: null,
    jurisdiction_level: null,
    livemode: false,
    metadata: mergeMetadata(null, pairs),
    rate_type: "percentage",
    state: null,
    tax_type: null,
    ...given,
  });
  tx.emit("tax_rate.created", "tax_rates", id);
  return tx.view("tax_rates", id);
});

const retrieve = route("GET", `${url}/:`, hash({}), ({ tx, ids: [id] }) => tx.view("tax_rates", id));

const update = route("POST", `${url}/:`, hash(editable), ({ tx, params, ids: [id] }) => {
  const rate = tx.need("tax_rates", id);
  const { metadata: pairs, ...given } = params;
  tx.patch("tax_rates", id, {
    ...given,
    ...(pairs !== undefined && { metadata: mergeMetadata(rate.metadata, pairs) }),
  });
  tx.emit("tax_rate.updated", "tax_rates", id);
  return tx.view("tax_rates", id);
});

const index = route(
  "GET",
  url,
  hash({ ...pageParams, active: bool, created, inclusive: bool }),
  ({ tx, params }) =>
    page(
      tx,
      "tax_rates",
      url,
      params,
      (rate) =>
        (params.active ?? rate.active) === rate.active &&
        (params.inclusive ?? rate.inclusive) === rate.inclusive &&
        inRange(rate.created, params.created),
    ),
);

/** A list of ids; an empty string clears. */
export const taxRateIds: Parser<string[]> = (raw, path) => (raw === "" ? [] : list(text)(raw, path));

/** The rates named in a request; archived ones can no longer be given. */
export function givenRates(tx: Tx, ids: string[], param: string): TaxRate[] {
  return ids.map((id, at) => {
    const rate = tx.need("tax_rates", id, `${param}[${at}]`);
    if (rate.active) return rate;
    throw invalid(`The tax rate ${id} is archived and cannot be used.`, undefined, `${param}[${at}]`);
  });
}

export const taxRates: Resource = { routes: [create, retrieve, update, index] };
