/** A table that holds a part of an object: its rows are those whose `column` is the object's id. */
export interface MirrorPart {
  table: string;
  column: string;
  /** The object is a Stripe customer, and the column has our id of it. */
  ofStripeCustomer?: true;
}

interface MirrorTables {
  /** Where the object itself is a row, by its own id. */
  main: MirrorPart;
  /** Rows that are nothing without it; children first, as they must be deleted. */
  parts: MirrorPart[];
  /** Belongs to nobody. */
  catalogue?: true;
  /** Everything else hangs on it: one that Stripe does not know is for somebody to look at. */
  neverRemoved?: true;
}

const ofCustomer = (table: string, ...parts: [table: string, column: string][]): MirrorTables => ({
  main: { table, column: "id" },
  parts: parts.map(([part, column]) => ({ table: part, column })),
});

const ofCatalogue = (table: string): MirrorTables => ({ ...ofCustomer(table), catalogue: true });

/** Which rows mirror an object of which type. */
export const mirrorTables: Record<string, MirrorTables> = {
  product: ofCatalogue("product"),
  price: ofCatalogue("price"),
  coupon: ofCatalogue("coupon"),
  promotion_code: ofCatalogue("promotion_code"),
  customer: {
    main: { table: "customer", column: "stripe_customer_id" },
    parts: [{ table: "customer_tax_id", column: "customer_id", ofStripeCustomer: true }],
    neverRemoved: true,
  },
  customer_balance: {
    main: { table: "customer_balance_transaction", column: "customer_id", ofStripeCustomer: true },
    parts: [],
    neverRemoved: true,
  },
  payment_method: ofCustomer("payment_method"),
  subscription: ofCustomer(
    "subscription",
    ["subscription_item", "subscription_id"],
    ["subscription_discount", "subscription_id"],
  ),
  subscription_schedule: ofCustomer("subscription_schedule", ["subscription_schedule_phase", "schedule_id"]),
  payment_intent: ofCustomer("payment", ["charge", "payment_id"]),
  invoice: ofCustomer("invoice", ["invoice_line", "invoice_id"], ["invoice_payment", "invoice_id"]),
  refund: ofCustomer("refund", ["balance_transaction", "source_id"]),
  dispute: ofCustomer("dispute", ["balance_transaction", "source_id"]),
  credit_note: ofCustomer(
    "credit_note",
    ["credit_note_line", "credit_note_id"],
    ["credit_note_refund", "credit_note_id"],
  ),
  "billing.credit_grant": ofCustomer("stripe_credit", ["stripe_credit_movement", "grant_id"]),
  "checkout.session": ofCustomer("checkout_session"),
};
