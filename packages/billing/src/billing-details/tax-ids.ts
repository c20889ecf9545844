interface TaxIdKind {
  /** What it is called where it is used. */
  name: string;
  example: string;
  form: RegExp;
}

/** The kinds we ask for, in Stripe's words; how each is written, so that a slip is found before anybody is asked. */
export const taxIdKinds = {
  eu_vat: { name: "EU VAT number", example: "DE123456789", form: /^[A-Z]{2}[0-9A-Z+*]{2,13}$/ },
  gb_vat: { name: "UK VAT number", example: "GB123456789", form: /^GB(\d{9}|\d{12}|GD\d{3}|HA\d{3})$/ },
  ch_vat: {
    name: "Swiss VAT number",
    example: "CHE-123.456.789 MWST",
    form: /^CHE[-. ]?\d{3}[. ]?\d{3}[. ]?\d{3} ?(MWST|TVA|IVA)$/,
  },
  no_vat: { name: "Norwegian VAT number", example: "123456789MVA", form: /^\d{9} ?MVA$/ },
  us_ein: { name: "US EIN", example: "12-3456789", form: /^\d{2}-?\d{7}$/ },
  ca_bn: { name: "Canadian BN", example: "123456789", form: /^\d{9}$/ },
  ca_gst_hst: { name: "Canadian GST/HST number", example: "123456789RT0002", form: /^\d{9} ?RT\d{4}$/ },
  au_abn: { name: "Australian ABN", example: "12345678912", form: /^\d{2} ?\d{3} ?\d{3} ?\d{3}$/ },
  nz_gst: { name: "New Zealand GST number", example: "123456789", form: /^\d{8,9}$/ },
  jp_trn: { name: "Japanese registration number", example: "T1234567890123", form: /^T\d{13}$/ },
  in_gst: { name: "Indian GST number", example: "12ABCDE3456FGZH", form: /^[0-9]{2}[A-Z0-9]{13}$/ },
  sg_gst: { name: "Singaporean GST number", example: "M12345678X", form: /^[A-Z0-9]{9,10}$/ },
  br_cnpj: {
    name: "Brazilian CNPJ",
    example: "01.234.456/5432-10",
    form: /^\d{2}\.?\d{3}\.?\d{3}\/?\d{4}-?\d{2}$/,
  },
  mx_rfc: { name: "Mexican RFC", example: "ABC010203AB9", form: /^[A-Z&Ñ]{3,4}\d{6}[A-Z0-9]{3}$/ },
  za_vat: { name: "South African VAT number", example: "4123456789", form: /^\d{10}$/ },
} as const satisfies Record<string, TaxIdKind>;

export type TaxIdKindId = keyof typeof taxIdKinds;

export const taxIdKindIds = Object.keys(taxIdKinds) as [TaxIdKindId, ...TaxIdKindId[]];

/** What to ask for first, by the country of the address. */
export function likelyTaxId(country: string): TaxIdKindId {
  const own = taxIdKindIds.find((kind) => kind.startsWith(`${country.toLowerCase()}_`));
  return own ?? "eu_vat";
}

export const taxIdName = (kind: string): string =>
  (taxIdKinds as Record<string, TaxIdKind>)[kind]?.name ?? kind.replaceAll("_", " ").toUpperCase();

/** As registers write it: capital letters, no blanks at the ends. */
export const tidyTaxId = (value: string): string => value.trim().toUpperCase();

export function taxIdProblem(kind: TaxIdKindId, value: string): string | null {
  const { form, example, name } = taxIdKinds[kind];
  return form.test(tidyTaxId(value)) ? null : `Enter a ${name} such as ${example}.`;
}
