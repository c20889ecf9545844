/** Where the full price comes from that a part of a period is taken of. */
export type ProrationBasis =
  /** As the price list had it, less what a discount took off. */
  | { kind: "price"; quantity: string; unitAmount: string | null; off: string }
  /** As an earlier line charged it. */
  | { kind: "line"; invoiceId: string; invoiceNumber: string | null; charged: number; off: number };

/** One step of the arithmetic of a line; the amounts of a line's parts add up to the line. Decimals are text. */
export type ExplanationPart =
  | { kind: "units"; amount: number; quantity: string; unitAmount: string }
  | {
      kind: "tier";
      amount: number;
      mode: "graduated" | "volume";
      /** The first and the last unit it is for; null for no end. */
      from: number;
      upTo: number | null;
      quantity: string;
      unitAmount: string;
      flatAmount: string;
    }
  | {
      kind: "packages";
      amount: number;
      quantity: string;
      packages: string;
      size: number;
      round: "up" | "down";
      unitAmount: string;
    }
  | {
      kind: "unused" | "remaining";
      amount: number;
      /** What the whole time costs. */
      full: string;
      basis: ProrationBasis;
      from: string;
      until: string;
      seconds: number;
      wholeSeconds: number;
    }
  | { kind: "trial"; amount: number; until: string }
  /** An amount that was agreed on, without a price for each. */
  | { kind: "agreed"; amount: number }
  /** We cannot tell more than the invoice does. */
  | { kind: "as_invoiced"; amount: number };

/** What happened to a line after its price. */
export type ExplanationChange =
  | {
      kind: "discount";
      /** Negative. */
      amount: number;
      name: string | null;
      code: string | null;
      percentOff: string | null;
      amountOff: number | null;
    }
  /** Paid by credits; negative. */
  | { kind: "credit"; amount: number }
  | {
      kind: "tax";
      /** What it adds: nothing where the price contains it. */
      amount: number;
      tax: number;
      included: boolean;
      name: string | null;
      percentage: string | null;
      reason: string;
    };

export type LineCause =
  | "trial"
  | "period"
  | "usage"
  | "unused_time"
  | "remaining_time"
  | "one_time"
  | "credit";

export interface LineExplanation {
  cause: LineCause;
  /** What is paid for, by its name in the catalogue or at Stripe. */
  product: string | null;
  /** base, seats, usage, add_on, credit_pack or one_time; null for a price made by hand. */
  charges: string | null;
  interval: string | null;
  parts: ExplanationPart[];
  /** Of the parts: the line. */
  amount: number;
  changes: ExplanationChange[];
  /** The line with its changes: what it adds to the total of the invoice. */
  total: number;
}

/** From the total of an invoice to what is asked for; the amounts add up to `amountDue`. */
export interface Settlement {
  parts: { kind: SettlementKind; amount: number }[];
  amountDue: number;
}

export type SettlementKind =
  | "lines"
  /** Money the customer had with us. */
  | "balance_used"
  /** Owed from before. */
  | "balance_owed"
  /** Less than nothing is owed: it is kept for the next invoice. */
  | "added_to_balance"
  /** Too little to charge: asked for with the next invoice. */
  | "carried_over"
  | "credit_notes"
  /** What the lines do not tell. */
  | "other";
