import { mergeMetadata } from "../../http/params";
import { newClientSecret, newId, randomText } from "../../ids";
import type { CheckoutOrder, CheckoutSession } from "../../tables";
import type { Tx } from "../../transaction";
import { checkSession } from "./check";
import { detailsBefore } from "./details";
import { applyDiscount } from "./discount";
import { adjustableFor } from "./items";
import type { SessionGiven } from "./params";
import type { FieldGiven } from "./params-page";
import { checkTotal, type Purchase, putItems, readPurchase } from "./purchase";
import { totalUpSession } from "./totals";

const daySeconds = 24 * 60 * 60;

export function createSession(tx: Tx, given: SessionGiven): CheckoutSession {
  checkSession(tx, given);
  const purchase = given.mode === "setup" ? undefined : readPurchase(tx, given);
  const id = newSessionId();
  const session = tx.put("checkout_sessions", {
    ...blank,
    ...buyerFields(tx, given),
    ...pageFields(tx, given, id),
    ...purchaseFields(given, purchase),
    id,
    created: tx.now,
    expires_at: given.expires_at ?? tx.now + daySeconds,
    metadata: mergeMetadata(null, given.metadata),
    integration_identifier: given.integration_identifier ?? null,
  });
  tx.put("checkout_orders", newOrder(id, given));
  if (purchase) putItems(tx, session, given.line_items ?? [], purchase.prices);
  totalUpSession(tx, id);
  const [discount] = given.discounts ?? [];
  if (discount) applyDiscount(tx, id, discount);
  checkTotal(tx, id);
  tx.schedule((session.expires_at - tx.now) * 1000, "checkout_session.expire", id);
  return tx.need("checkout_sessions", id);
}

function newSessionId(): string {
  return newId("cs_test");
}

const blank = {
  object: "checkout.session",
  adaptive_pricing: { enabled: false },
  allowed_payment_method_types: null,
  amount_subtotal: null,
  amount_total: null,
  automatic_tax: { enabled: false, liability: null, provider: null, status: null },
  collected_information: null,
  consent: null,
  currency_conversion: null,
  customer_account: null,
  invoice: null,
  livemode: false,
  managed_payments: { enabled: false },
  payment_intent: null,
  payment_link: null,
  payment_method_configuration_details: null,
  payment_method_options: { card: { request_three_d_secure: "automatic" } },
  payment_method_types: ["card"],
  payment_status: "unpaid",
  permissions: null,
  recovered_from: null,
  setup_intent: null,
  shipping_address_collection: null,
  shipping_cost: null,
  shipping_options: [],
  status: "open",
  subscription: null,
  total_details: null,
} satisfies Partial<CheckoutSession>;

function buyerFields(tx: Tx, given: SessionGiven) {
  const { mode = "payment", customer } = given;
  const usual = mode === "subscription" ? "always" : "if_required";
  const names = given.name_collection;
  return {
    billing_address_collection: given.billing_address_collection ?? null,
    customer: customer ?? null,
    customer_creation: customer ? null : (given.customer_creation ?? usual),
    customer_details: detailsBefore(tx, customer, given.customer_email),
    customer_email: given.customer_email ?? null,
    ...(names && {
      name_collection: {
        ...(names.business && { business: { optional: false, ...names.business } }),
        ...(names.individual && { individual: { optional: false, ...names.individual } }),
      },
    }),
    phone_number_collection: { enabled: given.phone_number_collection?.enabled ?? false },
    ...(given.tax_id_collection && {
      tax_id_collection: {
        enabled: given.tax_id_collection.enabled,
        required: given.tax_id_collection.required ?? "never",
      },
    }),
  };
}

function pageFields(tx: Tx, given: SessionGiven, id: string) {
  const { ui_mode: ui = "hosted_page", consent_collection: consent, custom_text: words } = given;
  const hosted = ui === "hosted_page";
  return {
    cancel_url: given.cancel_url ?? null,
    client_reference_id: given.client_reference_id ?? null,
    client_secret: hosted ? null : newClientSecret(id),
    consent_collection: consent
      ? {
          payment_method_reuse_agreement: consent.payment_method_reuse_agreement ?? null,
          promotions: consent.promotions ?? null,
          terms_of_service: consent.terms_of_service ?? null,
        }
      : null,
    custom_fields: (given.custom_fields ?? []).map(customField),
    custom_text: {
      after_submit: words?.after_submit ?? null,
      shipping_address: words?.shipping_address ?? null,
      submit: words?.submit ?? null,
      terms_of_service_acceptance: words?.terms_of_service_acceptance ?? null,
    },
    locale: given.locale ?? null,
    origin_context: given.origin_context ?? null,
    ...(!hosted && { redirect_on_completion: given.redirect_on_completion ?? "always" }),
    ...(given.return_url && { return_url: given.return_url }),
    submit_type: given.submit_type ?? null,
    success_url: given.success_url ?? null,
    ui_mode: ui,
    url: hosted ? `${tx.settings.url}/c/pay/${id}` : null,
    wallet_options: given.wallet_options ?? null,
  };
}

function customField({ key, label, optional = false, type, ...given }: FieldGiven) {
  const typed = {
    default_value: null,
    maximum_length: null,
    minimum_length: null,
    value: null,
    ...(type === "numeric" ? given.numeric : given.text),
  };
  return {
    key,
    label: { custom: label.custom, type: "custom" as const },
    optional,
    type,
    ...(type === "dropdown" && {
      dropdown: { default_value: null, value: null, options: [], ...given.dropdown },
    }),
    ...(type === "numeric" && { numeric: typed }),
    ...(type === "text" && { text: typed }),
  };
}

function purchaseFields(given: SessionGiven, purchase: Purchase | undefined) {
  const { mode = "payment", after_expiration: after, saved_payment_method_options: saved } = given;
  const extras = given.optional_items?.map(({ price, quantity, adjustable_quantity: adjustable }, at) => ({
    adjustable_quantity: adjustableFor(adjustable, `optional_items[${at}][adjustable_quantity]`),
    price,
    quantity,
  }));
  const recovery = after?.recovery;
  return {
    after_expiration: recovery
      ? {
          recovery: {
            allow_promotion_codes: recovery.allow_promotion_codes ?? false,
            enabled: recovery.enabled,
            expires_at: null,
            url: null,
          },
        }
      : null,
    allow_promotion_codes: given.allow_promotion_codes ?? null,
    allowed_payment_method_types: given.allowed_payment_method_types ?? null,
    currency: purchase?.currency ?? given.currency ?? null,
    discounts: mode === "setup" ? null : [],
    ...(given.excluded_payment_method_types && {
      excluded_payment_method_types: given.excluded_payment_method_types,
    }),
    invoice_creation: mode === "payment" ? invoiceCreation(given) : null,
    mode,
    ...(extras && { optional_items: extras }),
    payment_method_collection:
      mode === "subscription"
        ? (given.payment_method_collection ?? "always")
        : mode === "payment"
          ? "if_required"
          : "always",
    saved_payment_method_options:
      mode === "setup"
        ? null
        : {
            allow_redisplay_filters: saved?.allow_redisplay_filters ?? ["always"],
            payment_method_remove: saved?.payment_method_remove ?? "disabled",
            payment_method_save: saved?.payment_method_save ?? null,
          },
  };
}

function invoiceCreation({ invoice_creation: given }: SessionGiven): CheckoutSession["invoice_creation"] {
  const data = given?.invoice_data;
  return {
    enabled: given?.enabled ?? false,
    invoice_data: {
      account_tax_ids: null,
      custom_fields: data?.custom_fields ?? null,
      description: data?.description ?? null,
      footer: data?.footer ?? null,
      issuer: data?.issuer ?? null,
      metadata: mergeMetadata(null, data?.metadata),
      rendering_options: null,
    },
  };
}

function newOrder(id: string, given: SessionGiven): CheckoutOrder {
  return {
    id,
    given: {
      customer_update: given.customer_update,
      payment_intent_data: given.payment_intent_data,
      payment_method_data: given.payment_method_data,
      setup_intent_data: given.setup_intent_data,
      subscription_data: given.subscription_data,
    },
    discount: null,
    intent: null,
    method: null,
    customer: null,
    subscription: null,
    bought: null,
    buyer: null,
    recovery_token: given.after_expiration?.recovery?.enabled ? randomText(16) : null,
  };
}
