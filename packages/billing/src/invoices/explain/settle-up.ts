import type { Settlement, SettlementKind } from "../explanation";

interface Totals {
  /** Each line with its changes. */
  lineTotals: readonly number[];
  total: number;
  amountDue: number;
  startingBalance: number;
  /** Taken back by credit notes before it was paid. */
  creditNotes: number;
}

/** From the lines to what is asked for. */
export function settleUp({ lineTotals, total, amountDue, startingBalance, creditNotes }: Totals): Settlement {
  const lines = lineTotals.reduce((sum, amount) => sum + amount, 0);
  const moved = amountDue + creditNotes - total;
  const parts: Settlement["parts"] = [
    { kind: "lines", amount: lines },
    { kind: "other", amount: total - lines },
    { kind: movement(total, moved, startingBalance), amount: moved },
    { kind: "credit_notes", amount: -creditNotes || 0 },
  ];
  return { parts: parts.filter(({ kind, amount }) => kind === "lines" || amount !== 0), amountDue };
}

function movement(total: number, moved: number, startingBalance: number): SettlementKind {
  if (total < 0) return "added_to_balance";
  if (moved > 0) return "balance_owed";
  return startingBalance < 0 ? "balance_used" : "carried_over";
}
