import { behaviourOf } from "../cards";
import { rational, round, times } from "../engine/money";
import { created, inRange, page, pageParams } from "../http/lists";
import { currency, hash, text } from "../http/params";
import { newId, newPaymentId } from "../ids";
import type { BalanceTransaction, Charge, TableName } from "../tables";
import type { Tx } from "../transaction";
import { applicationOf } from "./connect/application";
import { type Resource, ref, route } from "./resource";

const settlementSeconds = 2 * 24 * 60 * 60;
const feePerMille = 29;
const fixedFee = 30;

interface Entry {
  amount: number;
  currency: string;
  fee?: number;
  /** What the platform keeps of a payment to a connected account. */
  applicationFee?: number;
  /** Null for what Stripe charges by itself. */
  source: string | null;
  type: BalanceTransaction["type"];
  description: string | null;
  /** Where the type alone does not say it. */
  reportingCategory?: string;
  feeDescription?: string;
  atOnce?: boolean;
  availableOn?: number;
}

export function recordEntry(tx: Tx, entry: Entry): BalanceTransaction {
  const { applicationFee = 0, source } = entry;
  const fee = (entry.fee ?? 0) + applicationFee;
  return tx.put("balance_transactions", {
    id: source && /^(ch|re)_3/.test(source) ? newPaymentId("txn", source) : newId("txn"),
    object: "balance_transaction",
    amount: entry.amount,
    available_on: entry.availableOn ?? tx.now + (entry.atOnce ? 0 : settlementSeconds),
    balance_type: "payments",
    created: tx.now,
    currency: entry.currency,
    description: entry.description,
    exchange_rate: null,
    fee,
    fee_details: feeDetails(tx, entry),
    net: entry.amount - fee,
    reporting_category: entry.reportingCategory ?? entry.type,
    source,
    status: "pending",
    type: entry.type,
  });
}

function feeDetails(tx: Tx, entry: Entry): BalanceTransaction["fee_details"] {
  const { currency, fee = 0, applicationFee = 0 } = entry;
  const details: BalanceTransaction["fee_details"] = [];
  if (applicationFee > 0)
    details.push({
      amount: applicationFee,
      application: applicationOf(tx),
      currency,
      description: `${tx.within(null, () => tx.settings.account.name)} application fee`,
      type: "application_fee",
    });
  if (fee > 0)
    details.push({
      amount: fee,
      application: null,
      currency,
      description: entry.feeDescription ?? "Stripe processing fees",
      type: "stripe_fee",
    });
  return details;
}

/** 2.9 % + 30: the price list of the sandbox, not a rule of the API. */
export function recordCharge(tx: Tx, charge: Charge): BalanceTransaction {
  const amount = charge.amount_captured;
  const card = charge.payment_method ? tx.get("cards", charge.payment_method) : undefined;
  const fee = Math.min(amount, round(times(rational(amount), rational(feePerMille, 1000))) + fixedFee);
  const isDirect = tx.account !== null;
  return recordEntry(tx, {
    amount,
    currency: charge.currency,
    fee: isDirect && platformPays(tx, charge, fee) ? 0 : fee,
    applicationFee: isDirect ? (charge.application_fee_amount ?? 0) : 0,
    source: charge.id,
    type: "charge",
    description: charge.description,
    atOnce: card !== undefined && behaviourOf(card.behaviour).settlesAtOnce,
  });
}

/** Who pays Stripe for a charge inside an account was said when the account was made. */
function platformPays(tx: Tx, { id, currency }: Charge, fee: number): boolean {
  const payer = tx.get("accounts", tx.account ?? "")?.controller?.fees?.payer;
  if (payer === "account") return false;
  tx.within(null, () =>
    recordEntry(tx, {
      amount: -fee,
      currency,
      source: null,
      type: "stripe_fee",
      description: `Stripe processing fees of ${id}`,
    }),
  );
  return true;
}

/** What could be sent away at this moment. */
export function availableIn(tx: Tx, currency: string): number {
  return balanceIn(tx, currency, tx.now);
}

/** Everything in this currency that arrives until then. */
export function balanceIn(tx: Tx, currency: string, until = Number.POSITIVE_INFINITY): number {
  let sum = 0;
  for (const row of tx.newestFirst("balance_transactions"))
    if (row.currency === currency && row.available_on <= until) sum += row.net;
  return sum;
}

/** Whether money has arrived is a matter of the clock, so it is read, not stored. */
export function presentEntry(row: BalanceTransaction, now: number): BalanceTransaction {
  return { ...row, status: row.available_on <= now ? "available" : "pending" };
}

const url = "/v1/balance_transactions";
const retrieve = route("GET", `${url}/:`, hash({}), ({ tx, ids: [id] }) =>
  tx.view("balance_transactions", id),
);

const listParams = hash({ ...pageParams, created, currency, payout: text, source: text, type: text });
const index = route("GET", url, listParams, ({ tx, params }) => {
  const { source, type } = params;
  const rows = source ? tx.by("balance_transactions", "source", source).reverse() : undefined;
  const matches = (row: BalanceTransaction) =>
    (type ?? row.type) === row.type &&
    (params.currency ?? row.currency) === row.currency &&
    !params.payout &&
    inRange(row.created, params.created);
  return page(tx, "balance_transactions", url, params, matches, rows);
});

const balanceOf = route("GET", "/v1/balance", hash({}), ({ tx }) => {
  const sums = { available: new Map<string, number>(), pending: new Map<string, number>() };
  for (const row of tx.newestFirst("balance_transactions")) {
    const side = row.available_on <= tx.now ? sums.available : sums.pending;
    side.set(row.currency, (side.get(row.currency) ?? 0) + row.net);
  }
  const currencies = [...new Set([...sums.available.keys(), ...sums.pending.keys()])].sort();
  const shown = (side: Map<string, number>) =>
    (currencies.length > 0 ? currencies : ["usd"]).map((code) => {
      const amount = side.get(code) ?? 0;
      return { amount, currency: code, source_types: { card: amount } };
    });
  return {
    object: "balance",
    available: shown(sums.available),
    livemode: false,
    pending: shown(sums.pending),
  };
});

const sources: TableName[] = [
  "charges",
  "refunds",
  "disputes",
  "transfers",
  "transfer_reversals",
  "application_fees",
  "fee_refunds",
];

export const balance: Resource = {
  presenters: { balance_transactions: ({ now }, row) => presentEntry(row as BalanceTransaction, now) },
  routes: [retrieve, index, balanceOf],
  expansions: { balance_transaction: { source: ref(...sources) } },
};
