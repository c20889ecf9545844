import { invalid } from "../../http/errors";
import { hash, oneOf, text } from "../../http/params";
import { randomText } from "../../ids";
import type { AccountLinkRow } from "../../tables";
import type { Tx } from "../../transaction";
import { route } from "../resource";
import { address } from "../webhook-endpoints";
import { activateCapabilities } from "./capabilities";
import { nothingDue } from "./create";

const livesSeconds = 5 * 60;

const due = oneOf("currently_due", "eventually_due");
const linkParams = hash(
  {
    account: text,
    collect: due,
    collection_options: hash({ fields: due, future_requirements: oneOf("include", "omit") }),
    refresh_url: address,
    return_url: address,
    type: oneOf("account_onboarding", "account_update"),
  },
  ["account", "type", "refresh_url", "return_url"],
);

/** An address that opens once, within a few minutes. */
export const createLink = route("POST", "/v1/account_links", linkParams, ({ tx, params }) => {
  const account = tx.need("accounts", params.account, "account");
  if (params.collect && params.collection_options) {
    throw invalid(
      "You may only specify one of these parameters: collect, collection_options.",
      "parameters_exclusive",
      "collect",
    );
  }
  if (params.type === "account_update" && account.controller?.requirement_collection !== "application") {
    throw invalid(
      "You cannot create `account_update` type Account Links for this account: Stripe collects its requirements. Use `account_onboarding`.",
      undefined,
      "type",
    );
  }
  const link = tx.put("account_links", {
    id: randomText(24),
    account: account.id,
    type: params.type,
    expires: tx.now + livesSeconds,
    opened: false,
    refreshUrl: params.refresh_url,
    returnUrl: params.return_url,
  });
  return {
    object: "account_link",
    created: tx.now,
    expires_at: link.expires,
    url: `${tx.settings.url}/setup/${account.id}/${link.id}`,
  };
});

/** Uses the address up; undefined when it was used before, or too late. */
export function openLink(tx: Tx, id: string): AccountLinkRow | undefined {
  const link = tx.get("account_links", id);
  if (!link || link.opened || link.expires <= tx.now || !tx.get("accounts", link.account)) return undefined;
  return tx.patch("account_links", id, { opened: true });
}

/** The page was filled in. Who may see it has opened it. */
export function finishLink(tx: Tx, id: string): AccountLinkRow | undefined {
  const link = tx.get("account_links", id);
  if (!link?.opened || !tx.get("accounts", link.account)) return undefined;
  tx.remove("account_links", id);
  completeOnboarding(tx, link.account);
  return link;
}

function completeOnboarding(tx: Tx, id: string): void {
  const { business_profile: profile, business_type: type, tos_acceptance: terms } = tx.need("accounts", id);
  tx.patch("accounts", id, {
    business_type: type ?? "individual",
    ...(profile && { business_profile: { ...profile, url: profile.url ?? "https://example.com" } }),
    details_submitted: true,
    payouts_enabled: true,
    requirements: nothingDue,
    tos_acceptance: { ...terms, date: terms?.date ?? tx.now, ip: terms?.ip ?? "127.0.0.1" },
  });
  activateCapabilities(tx, id);
  tx.within(id, () => tx.emit("account.updated", "accounts", id));
}
