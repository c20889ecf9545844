/** Everything Stripe takes as a country of an address, ISO 3166-1. */
export const countries =
  "AD AE AF AG AI AL AM AO AQ AR AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CD CF CG CH CI CK CL CM CN CO CR CV CW CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HN HR HT HU ID IE IL IM IN IO IQ IS IT JE JM JO JP KE KG KH KI KM KN KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MK ML MM MN MO MQ MR MS MT MU MV MW MX MY MZ NA NC NE NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PY QA RE RO RS RU RW SA SB SC SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SZ TA TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VG VN VU WF WS XK YE YT ZA ZM ZW".split(
    " ",
  );

/** The languages invoices and receipts can be written in here. */
export const invoiceLanguages = [
  "en",
  "de",
  "fr",
  "es",
  "it",
  "nl",
  "pt",
  "pl",
  "sv",
  "da",
  "fi",
  "ja",
] as const;

export interface BillingAddress {
  line1: string;
  line2: string;
  city: string;
  state: string;
  postalCode: string;
  country: string;
}

export type AddressField = keyof BillingAddress;

interface CountryRule {
  postalCode?: { form: RegExp; example: string };
  /** A parcel does not arrive without it. */
  needsState?: true;
}

const form = (pattern: RegExp, example: string) => ({ postalCode: { form: pattern, example } });

const rules: Record<string, CountryRule> = {
  AT: form(/^\d{4}$/, "1010"),
  AU: { ...form(/^\d{4}$/, "2000"), needsState: true },
  BE: form(/^\d{4}$/, "1000"),
  BR: { ...form(/^\d{5}-?\d{3}$/, "01310-100"), needsState: true },
  CA: { ...form(/^[A-Z]\d[A-Z] ?\d[A-Z]\d$/i, "K1A 0B1"), needsState: true },
  CH: form(/^\d{4}$/, "8001"),
  CN: form(/^\d{6}$/, "100000"),
  CZ: form(/^\d{3} ?\d{2}$/, "110 00"),
  DE: form(/^\d{5}$/, "10115"),
  DK: form(/^\d{4}$/, "1050"),
  ES: form(/^\d{5}$/, "28001"),
  FI: form(/^\d{5}$/, "00100"),
  FR: form(/^\d{5}$/, "75001"),
  GB: form(/^[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}$/i, "SW1A 1AA"),
  IN: { ...form(/^\d{3} ?\d{3}$/, "110001"), needsState: true },
  IT: form(/^\d{5}$/, "00184"),
  JP: form(/^\d{3}-?\d{4}$/, "100-0001"),
  LU: form(/^\d{4}$/, "1111"),
  MX: { ...form(/^\d{5}$/, "06000"), needsState: true },
  NL: form(/^\d{4} ?[A-Z]{2}$/i, "1012 AB"),
  NO: form(/^\d{4}$/, "0150"),
  PL: form(/^\d{2}-?\d{3}$/, "00-001"),
  PT: form(/^\d{4}-?\d{3}$/, "1000-001"),
  SE: form(/^\d{3} ?\d{2}$/, "111 22"),
  SG: form(/^\d{6}$/, "018956"),
  US: { ...form(/^\d{5}(-\d{4})?$/, "94107"), needsState: true },
};

export const needsState = (country: string): boolean => rules[country]?.needsState === true;

/** What is missing or cannot be right, in words for the field. Where we know no rule, anything goes. */
export function addressProblems(address: BillingAddress): Partial<Record<AddressField, string>> {
  const { line1, city, state, postalCode, country } = address;
  const problems: Partial<Record<AddressField, string>> = {};
  if (!countries.includes(country)) problems.country = "Choose a country.";
  if (!line1.trim()) problems.line1 = "Enter the street and number.";
  if (!city.trim() && country !== "SG") problems.city = "Enter the city.";
  const rule = rules[country];
  if (rule?.needsState && !state.trim()) problems.state = "Enter the state, province or region.";
  if (rule?.postalCode && !rule.postalCode.form.test(postalCode.trim())) {
    problems.postalCode = `Enter a postal code such as ${rule.postalCode.example}.`;
  }
  return problems;
}
