/** An invoice, a credit note or a receipt, for its page and its PDF. */
export interface Paper {
  title: string;
  status: { text: string; kind: "good" | "bad" | "plain" } | null;
  facts: { label: string; value: string }[];
  from: string[];
  to: string[];
  rows: PaperRow[];
  totals: { label: string; value: string; strong?: boolean }[];
  notes: string[];
}

export interface PaperRow {
  text: string;
  /** The time it is for, and discounts of its own. */
  notes: string[];
  quantity: string;
  unit: string;
  amount: string;
}
