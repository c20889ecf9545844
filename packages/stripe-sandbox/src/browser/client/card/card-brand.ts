export interface CardBrand {
  name: string;
  label: string;
  pattern: RegExp;
  lengths: readonly number[];
  groups: readonly number[];
  cvcLength: number;
}

const fours = [4, 4, 4, 4, 3] as const;

const brands: readonly CardBrand[] = [
  {
    name: "amex",
    label: "American Express",
    pattern: /^3[47]/,
    lengths: [15],
    groups: [4, 6, 5],
    cvcLength: 4,
  },
  {
    name: "diners",
    label: "Diners Club",
    pattern: /^3(0[0-5]|[689])/,
    lengths: [14, 16],
    groups: [4, 6, 4],
    cvcLength: 3,
  },
  { name: "jcb", label: "JCB", pattern: /^35(2[89]|[3-8])/, lengths: [16], groups: fours, cvcLength: 3 },
  {
    name: "discover",
    label: "Discover",
    pattern: /^6(011|4[4-9]|5)/,
    lengths: [16],
    groups: fours,
    cvcLength: 3,
  },
  {
    name: "unionpay",
    label: "UnionPay",
    pattern: /^(62|81)/,
    lengths: [16, 19],
    groups: fours,
    cvcLength: 3,
  },
  {
    name: "mastercard",
    label: "Mastercard",
    pattern: /^(5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/,
    lengths: [16],
    groups: fours,
    cvcLength: 3,
  },
  { name: "visa", label: "Visa", pattern: /^4/, lengths: [16], groups: fours, cvcLength: 3 },
];

export const unknownBrand: CardBrand = {
  name: "unknown",
  label: "Unknown card brand",
  pattern: /^/,
  lengths: [16],
  groups: fours,
  cvcLength: 3,
};

export function brandOf(digits: string): CardBrand {
  return brands.find((brand) => brand.pattern.test(digits)) ?? unknownBrand;
}

export function brandNamed(name: string): CardBrand {
  return brands.find((brand) => brand.name === name) ?? unknownBrand;
}

/** Numbers longer than the brand's own grouping are printed in fours. */
export function groupsFor(brand: CardBrand, length: number): readonly number[] {
  const grouped = brand.groups.reduce((sum, size) => sum + size, 0);
  return length > grouped ? fours : brand.groups;
}
