export interface Place {
  country: string | null;
  state: string | null;
  postal_code: string | null;
}

export type TaxAnswer =
  | { status: "complete"; percentage: string; country: string; state: string | null; type: string | null }
  | { status: "requires_location_inputs" }
  | { status: "failed" };

/** Standard rates in percent, for the places where the sandbox's account collects. */
const collected: Record<string, [percentage: string, type: string]> = {
  AT: ["20", "vat"],
  AU: ["10", "gst"],
  BE: ["21", "vat"],
  CH: ["8.1", "vat"],
  DE: ["19", "vat"],
  DK: ["25", "vat"],
  ES: ["21", "vat"],
  FR: ["20", "vat"],
  GB: ["20", "vat"],
  IE: ["23", "vat"],
  IT: ["22", "vat"],
  NL: ["21", "vat"],
  NO: ["25", "vat"],
  PL: ["23", "vat"],
  SE: ["25", "vat"],
  "CA-ON": ["13", "hst"],
  "US-CA": ["7.25", "sales_tax"],
  "US-NY": ["8.875", "sales_tax"],
  "US-TX": ["6.25", "sales_tax"],
  "US-WA": ["6.5", "sales_tax"],
};

/** First digits of the postal code of the states above. */
const postalStates: [from: number, to: number, state: string][] = [
  [100, 149, "NY"],
  [750, 799, "TX"],
  [885, 885, "TX"],
  [900, 961, "CA"],
  [980, 994, "WA"],
];

/** A country code that no country has; the sandbox's tax service has no answer there. */
const outage = "ZZ";

/**
 * The whole of the sandbox's automatic tax: one standard rate for each place, no thresholds, no local rates.
 * The United States need a five-digit postal code, Canada a province or postal code, all others a country.
 */
export function sandboxTax(place: Place): TaxAnswer {
  const country = place.country?.toUpperCase() ?? "";
  if (country === outage) return { status: "failed" };
  if (!/^[A-Z]{2}$/.test(country)) return { status: "requires_location_inputs" };
  const postal = place.postal_code ?? "";
  if (country === "US" && !/^\d{5}(-\d{4})?$/.test(postal)) return { status: "requires_location_inputs" };
  if (country === "CA" && !place.state && !postal) return { status: "requires_location_inputs" };
  const state = stateOf(country, place.state, postal);
  const [percentage = "0", type = null] = collected[state ? `${country}-${state}` : country] ?? [];
  return { status: "complete", percentage, country, state, type };
}

function stateOf(country: string, state: string | null, postal: string): string | null {
  if (country === "CA") return state?.toUpperCase() ?? (/^[KLMNP]/i.test(postal) ? "ON" : null);
  if (country !== "US") return null;
  const digits = Number(postal.slice(0, 3));
  return (
    postalStates.find(([from, to]) => digits >= from && digits <= to)?.[2] ?? state?.toUpperCase() ?? null
  );
}

/** Codes of Stripe's catalogue for what is never taxed. */
export function isNontaxable(code: string | null): boolean {
  return code === "txcd_00000000";
}

/** A price that does not say is taxed on top where that is the custom, and inside elsewhere. */
export function unspecifiedBehavior(currency: string): "inclusive" | "exclusive" {
  return currency === "usd" || currency === "cad" ? "exclusive" : "inclusive";
}
