export const intervals = ["month", "year"] as const;
export type Interval = (typeof intervals)[number];

/** With two decimals, with none and with three: a catalogue prices everything in each of them. */
export const currencies = ["usd", "eur", "jpy", "kwd"] as const;
export type Currency = (typeof currencies)[number];

/** What a price charges for. */
export const priceKinds = ["base", "seats", "usage", "add_on", "credit_pack", "one_time"] as const;
export type PriceKind = (typeof priceKinds)[number];
