import { customerTimeline } from "../audit/queries";
import { type CustomerSearchRow, searchCustomers } from "../db/sql/customer-search";
import { decodeCursor, encodeCursor } from "../db/sql/page-cursor";
import { notFound } from "../errors";
import { newestInvoices } from "../invoices/queries";
import { minorUnits } from "../money";
import { newestPayments } from "../payments/list";
import { periodAmount } from "../subscriptions/period-amount";
import { planName, subscriptionsOf } from "../subscriptions/queries";
import { monthlyAmount } from "../subscriptions/rules";
import type { StaffCtx } from "../trpc/procedures";
import { likePattern, searchKind } from "./rules";
import type {
  CustomerDetail,
  CustomerPage,
  CustomerRow,
  GetCustomerInput,
  ListCustomersInput,
} from "./schemas";

const detailLimit = 100;

export async function listCustomers(ctx: StaffCtx, input: ListCustomersInput): Promise<CustomerPage> {
  const { search } = input;
  const rows = await searchCustomers(ctx.pool, {
    kind: searchKind(search),
    search,
    pattern: likePattern(search),
    status: input.status ?? null,
    end: decodeCursor(input.cursor),
    limit: input.limit + 1,
  });
  const page = rows.slice(0, input.limit);
  const last = rows.length > input.limit ? page.at(-1) : undefined;
  return {
    customers: page.map(rowView),
    nextCursor: last ? encodeCursor({ at: last.cursorAt, id: last.id }) : null,
  };
}

export async function getCustomer(ctx: StaffCtx, { customerId }: GetCustomerInput): Promise<CustomerDetail> {
  const { db, pool } = ctx;
  const customer = await db.customer.findUnique({
    where: { id: customerId },
    select: {
      balanceAmount: true,
      defaultPaymentMethodId: true,
      members: {
        select: { role: true, login: { select: { name: true, email: true } } },
        orderBy: { createdAt: "asc" },
      },
      subscriptions: { where: { liveSlot: "plan" }, select: { defaultPaymentMethodId: true } },
      paymentMethods: { where: { detachedAt: null, type: "card" }, orderBy: { createdAt: "desc" } },
    },
  });
  const row = customer && (await customerRow(pool, customerId));
  if (!row) throw notFound("customer");
  const defaultCard = customer.subscriptions[0]?.defaultPaymentMethodId ?? customer.defaultPaymentMethodId;
  const [subscriptions, invoices, payments, timeline] = await Promise.all([
    subscriptionsOf(ctx, customerId, detailLimit),
    newestInvoices(ctx, customerId, detailLimit),
    newestPayments(db, customerId, detailLimit),
    customerTimeline(db, customerId, detailLimit),
  ]);
  return {
    ...row,
    members: customer.members.map(({ role, login }) => ({ ...login, role })),
    balance: minorUnits(customer.balanceAmount),
    paymentMethods: customer.paymentMethods.map((card) => ({
      id: card.id,
      brand: card.brand ?? "card",
      last4: card.last4 ?? "",
      expMonth: card.expMonth ?? 0,
      expYear: card.expYear ?? 0,
      isDefault: card.id === defaultCard,
    })),
    subscriptions,
    invoices,
    payments,
    timeline,
  };
}

async function customerRow(pool: StaffCtx["pool"], customerId: string): Promise<CustomerRow | null> {
  const [row] = await searchCustomers(pool, {
    kind: "customer",
    search: customerId,
    pattern: "",
    status: null,
    end: null,
    limit: 1,
  });
  return row ? rowView(row) : null;
}

function rowView(row: CustomerSearchRow): CustomerRow {
  const { status, planId, interval } = row;
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    stripeCustomerId: row.stripeCustomerId,
    createdAt: row.createdAt.toISOString(),
    currency: row.currency,
    subscription: status === null ? null : { status, planName: planName(planId), interval },
    mrr: mrrOf(row),
  };
}

/** What recurs: a trial may end without a charge, and a paused subscription charges nothing. */
const countsAsRecurring = (status: string | null) => status !== "trialing" && status !== "paused";

function mrrOf({
  isLive,
  status,
  items,
  interval,
  subscriptionCurrency,
}: CustomerSearchRow): CustomerRow["mrr"] {
  if (!isLive || !countsAsRecurring(status) || subscriptionCurrency === null) return null;
  const perPeriod = periodAmount(items);
  if (perPeriod === null) return null;
  return { amount: monthlyAmount(perPeriod, interval), currency: subscriptionCurrency };
}
