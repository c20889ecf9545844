import type {
  CouponState,
  CustomerState,
  FlowState,
  InvoiceRow,
  PortalState,
} from "../../browser/portal-state";
import type { Coupon, Customer, PaymentMethod } from "../../tables";
import type { Read, Tx } from "../../transaction";
import { taxIdTypes } from "../tax-ids/types";
import type { Visit } from "./access";
import { nextOf } from "./act";
import { isNeeded } from "./actions/payment-methods";
import type { Features } from "./features";
import { plansOf, subscriptionsOf } from "./state-subscriptions";

const mostInvoices = 100;

/** All that the page shows. */
export function portalState(tx: Tx, visit: Visit): PortalState {
  const { session, configuration, customer } = visit;
  const { features } = configuration;
  const { flow, access } = session;
  return {
    merchant: tx.settings.account.name,
    account: tx.account,
    profile: configuration.business_profile,
    return_url: session.return_url,
    flow: access.done ? null : shownFlow(tx, visit),
    next: flow && access.done ? nextOf(flow.after_completion) : null,
    features: {
      customer_update: features.customer_update.enabled ? features.customer_update.allowed_updates : [],
      invoice_history: features.invoice_history.enabled,
      payment_method_update: features.payment_method_update.enabled,
      cancel: features.subscription_cancel.enabled ? cancelRules(features) : null,
      pause: features.subscription_pause.enabled ? pauseRules(features) : null,
      update: features.subscription_update.enabled
        ? features.subscription_update.default_allowed_updates
        : null,
    },
    customer: {
      name: customer.name ?? null,
      email: customer.email,
      phone: customer.phone ?? null,
      address: customer.address ?? null,
      shipping: shippingOf(customer),
    },
    tax_ids: tx
      .by("tax_ids", "customer", customer.id)
      .map(({ id, type, value, verification }) => ({ id, type, value, status: verification?.status ?? "" })),
    tax_id_types: [...taxIdTypes],
    subscriptions: subscriptionsOf(tx, visit),
    plans: features.subscription_update.enabled ? plansOf(tx, features) : [],
    payment_methods: tx
      .by("payment_methods", "customer", customer.id)
      .reverse()
      .map((method) => ({
        ...cardOf(method),
        default: customer.invoice_settings.default_payment_method === method.id,
        needed: isNeeded(tx, visit, method.id),
      })),
    invoices: features.invoice_history.enabled ? invoicesOf(tx, customer.id) : [],
  };
}

function cancelRules({ subscription_cancel: { mode, cancellation_reason: reason } }: Features) {
  return { mode, asks: reason.enabled, reasons: reason.options };
}

function pauseRules({ subscription_pause: { duration } }: Features) {
  return { type: duration.type, options: duration.interval_options };
}

function shippingOf({ shipping }: Customer): CustomerState["shipping"] {
  if (!shipping?.address) return null;
  return { name: shipping.name ?? "", phone: shipping.phone ?? null, address: shipping.address };
}

function cardOf({ id, card }: PaymentMethod) {
  const { brand = "card", last4 = "", exp_month: month = 0, exp_year: year = 0 } = card ?? {};
  return { id, brand, last4, exp_month: month, exp_year: year };
}

function invoicesOf(read: Read, customer: string): InvoiceRow[] {
  return read
    .by("invoices", "customer", customer)
    .filter(({ status }) => status !== "draft")
    .reverse()
    .slice(0, mostInvoices)
    .map((invoice) => ({
      id: invoice.id,
      number: invoice.number,
      created: invoice.effective_at ?? invoice.created,
      total: invoice.total,
      currency: invoice.currency,
      status: invoice.status ?? "draft",
      url: invoice.hosted_invoice_url ?? null,
      pdf: invoice.invoice_pdf ?? null,
    }));
}

function shownFlow(read: Read, { session }: Visit): FlowState | null {
  const { flow } = session;
  if (!flow) return null;
  const { subscription_cancel: cancel, subscription_update_confirm: confirm } = flow;
  const named = cancel ?? confirm ?? flow.subscription_pause ?? flow.subscription_update;
  const coupon = read.get("coupons", cancel?.retention?.coupon_offer?.coupon ?? "");
  return {
    type: flow.type,
    subscription: named?.subscription ?? null,
    offer: coupon ? couponText(coupon) : null,
  };
}

/** What a coupon gives, for the page to put in words. */
function couponText(coupon: Coupon): CouponState {
  return {
    name: coupon.name ?? coupon.id,
    percent_off: coupon.percent_off,
    amount_off: coupon.amount_off,
    currency: coupon.currency,
    duration: coupon.duration,
    months: coupon.duration_in_months,
  };
}
