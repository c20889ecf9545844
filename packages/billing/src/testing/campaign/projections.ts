import type Stripe from "stripe";

/** How one kind of object should look here: from Stripe, and from our rows, each written by hand. */
export interface Projection {
  kind: string;
  /** Where the sandbox keeps them. */
  table: string;
  /** Answers `id` and `row`. */
  sql: string;
  /** Null for one that must not be here. */
  truth(stripe: Stripe, id: string): Promise<Record<string, unknown> | null>;
}

const id = (field: string | { id: string } | null | undefined) =>
  typeof field === "string" ? field : (field?.id ?? null);
const at = (column: string) => `extract(epoch FROM ${column})::bigint`;
const byId = (one: { id: string }, other: { id: string }) => (one.id < other.id ? -1 : 1);
const sum = (parts: readonly { amount: number }[] | null | undefined) =>
  (parts ?? []).reduce((total, { amount }) => total + amount, 0);

const customers: Projection = {
  kind: "customer",
  table: "customers",
  sql: `SELECT stripe_customer_id AS id, jsonb_build_object('name', name, 'email', email, 'currency', currency, 'balance', balance_amount,
        'delinquent', delinquent, 'card', default_payment_method_id,
        'movements', (SELECT coalesce(sum(amount), 0) FROM customer_balance_transaction t WHERE t.customer_id = c.id)) AS row
    FROM customer c WHERE stripe_customer_id IS NOT NULL AND deleted_at IS NULL`,
  async truth(stripe, customer) {
    const found = await stripe.customers.retrieve(customer);
    if (found.deleted) return null;
    return {
      name: found.name,
      email: found.email ?? "",
      currency: found.currency ?? null,
      balance: found.balance,
      delinquent: found.delinquent,
      card: id(found.invoice_settings.default_payment_method),
      movements: found.balance,
    };
  },
};

const subscriptions: Projection = {
  kind: "subscription",
  table: "subscriptions",
  sql: `SELECT s.id, jsonb_build_object('customer', c.stripe_customer_id, 'status', s.status, 'currency', s.currency,
      'cancels', s.cancel_at_period_end, 'ended', ${at("s.ended_at")}, 'trial_end', ${at("s.trial_end")},
      'latest', s.latest_invoice_id, 'schedule', s.schedule_id, 'pause', s.pause_behavior,
      'items', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', i.id, 'price', i.price_id, 'quantity', i.quantity,
          'from', ${at("i.current_period_start")}, 'to', ${at("i.current_period_end")}) ORDER BY i.id COLLATE "C"), '[]')
        FROM subscription_item i WHERE i.customer_id = s.customer_id AND i.subscription_id = s.id),
      'discounts', (SELECT count(*) FROM subscription_discount d WHERE d.customer_id = s.customer_id AND d.subscription_id = s.id)
    ) AS row FROM subscription s JOIN customer c ON c.id = s.customer_id`,
  async truth(stripe, subscription) {
    const found = await stripe.subscriptions.retrieve(subscription);
    return {
      customer: id(found.customer),
      status: found.status,
      currency: found.currency,
      cancels: found.cancel_at_period_end,
      ended: found.ended_at,
      trial_end: found.trial_end,
      latest: id(found.latest_invoice),
      schedule: id(found.schedule),
      pause: found.pause_collection?.behavior ?? null,
      items: found.items.data.toSorted(byId).map((item) => ({
        id: item.id,
        price: item.price.id,
        quantity: item.quantity ?? null,
        from: item.current_period_start,
        to: item.current_period_end,
      })),
      discounts: found.discounts.length,
    };
  },
};

const invoices: Projection = {
  kind: "invoice",
  table: "invoices",
  sql: `SELECT i.id, jsonb_build_object('customer', c.stripe_customer_id, 'number', i.number, 'status', i.status,
      'subscription', i.subscription_id, 'currency', i.currency, 'subtotal', i.subtotal_amount, 'tax', i.tax_amount,
      'discount', i.discount_amount, 'total', i.total_amount, 'due', i.due_amount, 'paid', i.paid_amount,
      'remaining', i.remaining_amount, 'attempts', i.attempt_count, 'next', ${at("i.next_payment_attempt")},
      'paid_at', ${at("i.paid_at")},
      'lines', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', l.id, 'amount', l.amount) ORDER BY l.id COLLATE "C"), '[]')
        FROM invoice_line l WHERE l.customer_id = i.customer_id AND l.invoice_id = i.id)) AS row
    FROM invoice i JOIN customer c ON c.id = i.customer_id`,
  async truth(stripe, invoice) {
    const found = await stripe.invoices.retrieve(invoice);
    const lines = found.lines.has_more
      ? (await stripe.invoices.listLineItems(invoice, { limit: 100 })).data
      : found.lines.data;
    return {
      customer: id(found.customer),
      number: found.number,
      status: found.status,
      subscription: id(found.parent?.subscription_details?.subscription),
      currency: found.currency,
      subtotal: found.subtotal,
      tax: sum(found.total_taxes),
      discount: sum(found.total_discount_amounts),
      total: found.total,
      due: found.amount_due,
      paid: found.amount_paid,
      remaining: found.amount_remaining,
      attempts: found.attempt_count,
      next: found.next_payment_attempt,
      paid_at: found.status_transitions.paid_at,
      lines: lines.toSorted(byId).map((line) => ({ id: line.id, amount: line.amount })),
    };
  },
};

const payments: Projection = {
  kind: "payment",
  table: "payment_intents",
  sql: `SELECT p.id, jsonb_build_object('customer', c.stripe_customer_id, 'status', p.status, 'currency', p.currency,
      'amount', p.amount, 'received', p.received_amount, 'refunded', p.refunded_amount, 'disputed', p.disputed,
      'charge', p.charge_id, 'charges', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', h.id, 'status', h.status,
          'captured', h.captured_amount, 'refunded', h.refunded_amount) ORDER BY h.id COLLATE "C"), '[]')
        FROM charge h WHERE h.customer_id = p.customer_id AND h.payment_id = p.id)) AS row
    FROM payment p JOIN customer c ON c.id = p.customer_id`,
  async truth(stripe, payment) {
    const found = await stripe.paymentIntents.retrieve(payment, { expand: ["latest_charge"] });
    if (!found.customer) return null;
    const newest = typeof found.latest_charge === "object" ? found.latest_charge : null;
    const { data } = await stripe.charges.list({ payment_intent: payment, limit: 100 });
    return {
      customer: id(found.customer),
      status: found.status,
      currency: found.currency,
      amount: found.amount,
      received: found.amount_received,
      refunded: newest?.amount_refunded ?? 0,
      disputed: newest?.disputed ?? false,
      charge: newest?.id ?? null,
      charges: data.toSorted(byId).map((charge) => ({
        id: charge.id,
        status: charge.status,
        captured: charge.amount_captured,
        refunded: charge.amount_refunded,
      })),
    };
  },
};

const refunds: Projection = {
  kind: "refund",
  table: "refunds",
  sql: `SELECT r.id, jsonb_build_object('payment', r.payment_id, 'charge', r.charge_id, 'status', r.status,
      'amount', r.amount, 'currency', r.currency, 'failure', r.failure_reason, 'operation', r.operation_id,
      'moved', (SELECT coalesce(sum(b.amount), 0) FROM balance_transaction b
        WHERE b.customer_id = r.customer_id AND b.source_id = r.id)) AS row FROM refund r`,
  async truth(stripe, refund) {
    const expand = ["payment_intent", "balance_transaction", "failure_balance_transaction"];
    const found = await stripe.refunds.retrieve(refund, { expand });
    const payment = found.payment_intent as Stripe.PaymentIntent | null;
    if (!payment?.customer) return null;
    const moves = [found.balance_transaction, found.failure_balance_transaction];
    return {
      payment: payment.id,
      charge: id(found.charge),
      status: found.status,
      amount: found.amount,
      currency: found.currency,
      failure: found.failure_reason ?? null,
      operation: found.metadata?.operation_id ?? null,
      moved: sum(moves.filter((move) => typeof move === "object" && move !== null)),
    };
  },
};

export const projections: readonly Projection[] = [customers, subscriptions, invoices, payments, refunds];
