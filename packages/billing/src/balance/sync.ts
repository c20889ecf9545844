import type Stripe from "stripe";
import { mirrorList } from "../db/sql/mirror-list";
import { instant } from "../stripe/fields";

export interface BalanceRow {
  id: string;
  type: string;
  currency: string;
  amount: number;
  fee: number;
  net: number;
  availableAt: Date;
  createdAt: Date;
}

/** What a charge, refund or dispute did to our own balance at Stripe; they carry these rows along. */
export const writeBalanceTransactions = mirrorList<BalanceRow>(
  "balance_transaction",
  "source_id",
  {
    id: "text",
    type: "text",
    currency: "text",
    amount: "bigint",
    fee: "bigint",
    net: "bigint",
    availableAt: "timestamptz",
    createdAt: "timestamptz",
  },
  { syncedAt: true },
);

type Expandable = string | Stripe.BalanceTransaction | null | undefined;

/** Those that were expanded; a bare id tells nothing yet. */
export const balanceRows = (transactions: readonly Expandable[]): BalanceRow[] =>
  transactions.flatMap((transaction) => {
    if (!transaction || typeof transaction === "string") return [];
    const { id, type, currency, amount, fee, net, available_on: availableOn, created } = transaction;
    return [
      {
        id,
        type,
        currency,
        amount,
        fee,
        net,
        availableAt: instant(availableOn),
        createdAt: instant(created),
      },
    ];
  });
