import type { CheckoutField, CheckoutLine, CheckoutOffer, CheckoutState } from "../../browser/checkout-state";
import { round } from "../../engine/money";
import { amountFor } from "../../engine/price-amount";
import type { CheckoutItem, CheckoutSession, Price } from "../../tables";
import type { Tx } from "../../transaction";
import { couponOf } from "../discounts/read";
import { priceIn } from "../prices/read";
import { isMetered, productName } from "../subscriptions/items";
import { moneyText } from "../subscriptions/wording";
import { taxIdTypes } from "../tax-ids/types";
import { needsCard } from "./confirm";
import { itemsOf } from "./items";
import { intervalText, termsOfSession } from "./page-terms";

export function checkoutState(tx: Tx, id: string): CheckoutState {
  const session = tx.need("checkout_sessions", id);
  const order = tx.need("checkout_orders", id);
  const discount = order.discount ? tx.get("discounts", order.discount) : undefined;
  const code = tx.get("promotion_codes", discount?.promotion_code ?? "");
  const recovery = session.after_expiration?.recovery;
  return {
    id,
    status: String(session.status),
    mode: session.mode,
    account: tx.account,
    merchant: tx.settings.account.name,
    currency: session.currency,
    cancelUrl: session.cancel_url,
    recoveryUrl: recovery?.url ?? null,
    button: buttonText(session),
    lines: itemsOf(tx, id).map((item) => lineOf(tx, session, item)),
    offers: offersOf(tx, session),
    totals: totalsShown(tx, session, discount && (couponOf(tx, discount).name ?? code?.code ?? "Discount")),
    due: session.amount_total,
    terms: termsOfSession(tx, session, order),
    promotion: { allowed: session.allow_promotion_codes ?? false, code: code?.code ?? null },
    asks: asksOf(tx, session),
    keepsCard: session.mode !== "payment" || Boolean(order.given.payment_intent_data?.setup_future_usage),
    ...savedCards(tx, session),
    taxIdTypes: session.tax_id_collection?.enabled ? [...taxIdTypes] : [],
    notes: {
      submit: session.custom_text.submit?.message ?? null,
      afterSubmit: session.custom_text.after_submit?.message ?? null,
    },
  };
}

function buttonText(session: CheckoutSession): string {
  if (session.mode === "setup") return "Save card";
  const named = { book: "Book", donate: "Donate", pay: "Pay", subscribe: "Subscribe" }[
    (session.submit_type ?? "") as "book"
  ];
  if (named) return named;
  if (session.amount_total === 0) return session.mode === "payment" ? "Complete order" : "Start now";
  return session.mode === "subscription" ? "Subscribe" : "Pay";
}

function lineOf(tx: Tx, session: CheckoutSession, item: CheckoutItem): CheckoutLine {
  const price = tx.need("prices", item.price);
  const range = item.adjustable_quantity?.enabled ? item.adjustable_quantity : null;
  return {
    id: item.id,
    name: item.description ?? productName(tx, price),
    note: priceText(price, session.currency ?? price.currency, item.quantity),
    quantity: item.quantity,
    amount: item.amount_subtotal,
    range: range && { minimum: range.minimum ?? 0, maximum: range.maximum ?? 99 },
    removable: session.optional_items?.some((offer) => offer.price === item.price) ?? false,
  };
}

function offersOf(tx: Tx, session: CheckoutSession): CheckoutOffer[] {
  const taken = itemsOf(tx, session.id).map(({ price }) => price);
  return (session.optional_items ?? [])
    .filter((offer) => !taken.includes(offer.price))
    .map((offer) => {
      const price = tx.need("prices", offer.price);
      const currency = session.currency ?? price.currency;
      return {
        price: price.id,
        name: productName(tx, price),
        note: priceText(price, currency, offer.quantity),
        amount: isMetered(price) ? 0 : round(amountFor(priceIn(price, currency), offer.quantity)),
      };
    });
}

function priceText(found: Price, currency: string, quantity: number | null): string | null {
  const price = priceIn(found, currency);
  if (isMetered(price)) return `Billed ${intervalText(price)} based on usage`;
  if (price.tiers_mode) return price.recurring ? `Billed ${intervalText(price)}, by quantity` : null;
  const unit = moneyText(price.unit_amount ?? Number(price.unit_amount_decimal ?? 0), currency);
  const each = (quantity ?? 1) > 1;
  if (price.recurring)
    return each ? `${unit} each, ${intervalText(price)}` : `${unit} ${intervalText(price)}`;
  return each ? `${unit} each` : null;
}

function totalsShown(
  tx: Tx,
  session: CheckoutSession,
  discount: string | undefined,
): CheckoutState["totals"] {
  const { amount_subtotal: subtotal, total_details: details } = session;
  if (subtotal === null || !details) return [];
  const taxes = itemsOf(tx, session.id).flatMap((item) => item.taxes);
  const rows = [...new Set(taxes.map((tax) => tax.rate))].map((id) => {
    const rate = tx.need("tax_rates", id);
    const amount = taxes.filter((tax) => tax.rate === id).reduce((sum, tax) => sum + tax.amount, 0);
    const included = rate.inclusive ? ", included" : "";
    return { label: `${rate.display_name} (${rate.percentage}%${included})`, amount };
  });
  const off = discount ? [{ label: discount, amount: -details.amount_discount }] : [];
  return [{ label: "Subtotal", amount: subtotal }, ...off, ...rows];
}

function asksOf(tx: Tx, session: CheckoutSession): CheckoutState["asks"] {
  const customer = tx.get("customers", session.customer ?? "");
  const { business, individual } = session.name_collection ?? {};
  const wanted = (enabled: boolean | undefined, optional: boolean | undefined) =>
    !enabled ? "no" : optional ? "optional" : "required";
  const consent = session.consent_collection?.terms_of_service === "required";
  const words = session.custom_text.terms_of_service_acceptance?.message;
  const ids = session.tax_id_collection;
  return {
    email: { fixed: customer?.email ?? session.customer_email, initial: "" },
    card: needsCard(session),
    address: session.billing_address_collection === "required",
    phone: Boolean(session.phone_number_collection?.enabled && !customer?.phone),
    business: wanted(business?.enabled, business?.optional),
    individual: wanted(individual?.enabled, individual?.optional),
    taxId: wanted(ids?.enabled, ids?.required !== "if_supported"),
    saveCard: session.saved_payment_method_options?.payment_method_save === "enabled",
    termsOfService: consent
      ? (words ?? `I agree to the terms of service of ${tx.settings.account.name}`)
      : null,
    fields: session.custom_fields.map(fieldOf),
  };
}

function fieldOf(field: CheckoutSession["custom_fields"][number]): CheckoutField {
  const kind = field.dropdown ?? field.numeric ?? field.text;
  return {
    key: field.key,
    label: field.label.custom ?? field.key,
    type: field.type,
    optional: field.optional,
    initial: kind?.value ?? kind?.default_value ?? "",
    maximum: (field.numeric ?? field.text)?.maximum_length ?? null,
    options: field.dropdown?.options ?? [],
  };
}

/** Those that their owner lets be shown, as the session filters them. */
function savedCards(tx: Tx, session: CheckoutSession): Pick<CheckoutState, "saved" | "mayRemoveSaved"> {
  const options = session.saved_payment_method_options;
  const filters: string[] = options?.allow_redisplay_filters ?? [];
  const methods = session.customer ? tx.by("payment_methods", "customer", session.customer).reverse() : [];
  const shown = methods.filter(({ allow_redisplay: allowed }) => filters.includes(allowed ?? "unspecified"));
  return {
    saved: shown.map(({ id, card }) => ({
      id,
      label: `${card?.brand === "amex" ? "American Express" : capital(card?.brand ?? "Card")} •••• ${card?.last4}`,
      note: `${String(card?.exp_month).padStart(2, "0")}/${String(card?.exp_year).slice(-2)}`,
    })),
    mayRemoveSaved: options?.payment_method_remove === "enabled",
  };
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
