import { invalid } from "../../http/errors";
import { fullAddress, mergeMetadata } from "../../http/params";
import { newId } from "../../ids";
import type { Account } from "../../tables";
import type { Tx } from "../../transaction";
import { dueAtFirst, needName, requestCapability } from "./capabilities";
import type { CreateGiven, UpdateGiven } from "./params";

type Controller = NonNullable<Account["controller"]>;

/** What the three old types say in the words of the controller. */
const controllers = {
  standard: controllerOf("account", "stripe", "stripe", "full"),
  express: controllerOf("application_express", "application", "stripe", "express"),
  custom: controllerOf("application_custom", "application", "application", "none"),
};

function controllerOf(
  payer: NonNullable<Controller["fees"]>["payer"],
  payments: NonNullable<Controller["losses"]>["payments"],
  collection: NonNullable<Controller["requirement_collection"]>,
  dashboard: NonNullable<Controller["stripe_dashboard"]>["type"],
): Controller {
  return {
    fees: { payer },
    is_controller: true,
    losses: { payments },
    requirement_collection: collection,
    stripe_dashboard: { type: dashboard },
    type: "application",
  };
}

function chosenController({ controller, type }: CreateGiven): Controller {
  if (controller && type) {
    throw invalid(
      "You may only specify one of these parameters: controller, type.",
      "parameters_exclusive",
      "type",
    );
  }
  if (!controller) return controllers[type ?? "standard"];
  const chosen = controllerOf(
    controller.fees?.payer ?? "account",
    controller.losses?.payments ?? "stripe",
    controller.requirement_collection ?? "stripe",
    controller.stripe_dashboard?.type ?? "full",
  );
  const collects = chosen.requirement_collection === "application";
  if (collects && (chosen.stripe_dashboard?.type !== "none" || chosen.losses?.payments !== "application")) {
    throw invalid(
      "With requirement_collection=application, stripe_dashboard[type] must be none and losses[payments] must be application.",
      undefined,
      "controller[requirement_collection]",
    );
  }
  return chosen;
}

const currencies: Record<string, string> = {
  US: "usd",
  GB: "gbp",
  CH: "chf",
  JP: "jpy",
  CA: "cad",
  AU: "aud",
};

export function createAccount(tx: Tx, given: CreateGiven): Account {
  const controller = chosenController(given);
  const country = given.country ?? tx.settings.account.country;
  const id = newId("acct");
  tx.put("accounts", {
    id,
    object: "account",
    business_profile: noProfile,
    business_type: null,
    capabilities: {},
    charges_enabled: false,
    controller,
    country,
    created: tx.now,
    default_currency: given.default_currency ?? currencies[country] ?? "eur",
    details_submitted: false,
    email: null,
    external_accounts: {
      object: "list",
      data: [],
      has_more: false,
      url: `/v1/accounts/${id}/external_accounts`,
    },
    future_requirements: nothingDue,
    metadata: {},
    payouts_enabled: false,
    requirements: {
      ...nothingDue,
      currently_due: dueAtFirst,
      disabled_reason: "requirements.past_due",
      eventually_due: dueAtFirst,
      past_due: dueAtFirst,
    },
    settings: settingsOf(given.business_profile?.name ?? null),
    tos_acceptance: { date: null, ip: null, user_agent: null },
    type: given.controller ? "none" : (given.type ?? "standard"),
  });
  if (controller.stripe_dashboard?.type === "full" && !given.capabilities)
    for (const name of ["card_payments", "transfers"] as const) requestCapability(tx, id, name, true);
  changeAccount(tx, id, given);
  return tx.need("accounts", id);
}

/** What can be said at creation and later. */
export function changeAccount(tx: Tx, id: string, given: UpdateGiven): void {
  const account = tx.need("accounts", id);
  const { business_profile: profile, tos_acceptance: terms } = given;
  tx.patch("accounts", id, {
    ...(given.business_type && { business_type: given.business_type }),
    ...(given.default_currency && { default_currency: given.default_currency }),
    ...(given.email && { email: given.email }),
    ...(given.metadata !== undefined && { metadata: mergeMetadata(account.metadata ?? {}, given.metadata) }),
    ...(terms && { tos_acceptance: { ...account.tos_acceptance, ...terms } }),
    ...(profile && {
      business_profile: {
        ...(account.business_profile ?? noProfile),
        ...profile,
        support_address: profile.support_address
          ? fullAddress(profile.support_address)
          : (account.business_profile?.support_address ?? null),
      },
    }),
  });
  for (const [name, wish] of Object.entries(given.capabilities ?? {}))
    if (wish?.requested !== undefined) requestCapability(tx, id, needName(name), wish.requested);
}

const noProfile: NonNullable<Account["business_profile"]> = {
  annual_revenue: null,
  estimated_worker_count: null,
  mcc: null,
  minority_owned_business_designation: null,
  name: null,
  product_description: null,
  specified_commercial_transactions_act_url: null,
  support_address: null,
  support_email: null,
  support_phone: null,
  support_url: null,
  url: null,
};

export const nothingDue: NonNullable<Account["requirements"]> = {
  alternatives: [],
  current_deadline: null,
  currently_due: [],
  disabled_reason: null,
  errors: [],
  eventually_due: [],
  past_due: [],
  pending_verification: [],
};

export function settingsOf(name: string | null): NonNullable<Account["settings"]> {
  return {
    bacs_debit_payments: { display_name: null, service_user_number: null },
    branding: { icon: null, logo: null, primary_color: null, secondary_color: null },
    card_payments: {
      decline_on: { avs_failure: false, cvc_failure: false },
      statement_descriptor_prefix: null,
      statement_descriptor_prefix_kana: null,
      statement_descriptor_prefix_kanji: null,
    },
    dashboard: { display_name: name, timezone: "Etc/UTC" },
    invoices: { default_account_tax_ids: null, hosted_payment_method_save: "offer" },
    payments: {
      statement_descriptor: null,
      statement_descriptor_kana: null,
      statement_descriptor_kanji: null,
      statement_descriptor_prefix_kana: null,
      statement_descriptor_prefix_kanji: null,
    },
    payouts: {
      debit_negative_balances: true,
      schedule: { delay_days: 2, interval: "daily" },
      statement_descriptor: null,
    },
  };
}
