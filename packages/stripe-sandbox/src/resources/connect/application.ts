import { invalid } from "../../http/errors";
import type { Account } from "../../tables";
import type { Tx } from "../../transaction";

/** What the platform is for its accounts; stands on what it makes inside of them. */
export function applicationOf({ account }: Pick<Tx, "account">): string | null {
  return account === null ? null : "ca_FareboxSandbox";
}

/** Money goes from the platform to its accounts only, not on from there. */
export function refuseWithinAccount(tx: Tx, param: string): void {
  if (tx.account === null) return;
  throw invalid(
    "Only Stripe Connect platforms can work with other accounts. The request was made for a connected account.",
    "platform_account_required",
    param,
  );
}

/** Before it is onboarded, an account takes no payments. */
export function needCharges(tx: Tx): void {
  if (tx.account === null || tx.need("accounts", tx.account).charges_enabled) return;
  throw invalid(
    `The account ${tx.account} cannot make charges yet: its card_payments capability is not active.`,
    "capability_not_active",
  );
}

/** An account that may receive money. */
export function needReceiver(tx: Tx, id: string, param: string): Account {
  refuseWithinAccount(tx, param);
  const account = tx.get("accounts", id);
  if (!account) throw invalid(`No such destination: '${id}'`, "resource_missing", param);
  if (account.capabilities?.transfers === "active" || account.capabilities?.legacy_payments === "active")
    return account;
  throw invalid(
    "Your destination account needs to have at least one of the following capabilities enabled: transfers, legacy_payments.",
    "capability_not_active",
    param,
  );
}

/** An account in whose name a card may be charged. */
export function needSeller(tx: Tx, id: string, param: string): void {
  refuseWithinAccount(tx, param);
  const account = tx.get("accounts", id);
  if (!account) throw invalid(`No such account: '${id}'`, "resource_missing", param);
  if (account.capabilities?.card_payments === "active") return;
  throw invalid(
    `The account ${id} needs the card_payments capability for charges on its behalf.`,
    "capability_not_active",
    param,
  );
}
