import type { Tx } from "../../context";
import type { Database } from "../../db/client";
import type { Price } from "../../db/generated/client";
import { minorUnits } from "../../money";
import type { Rate } from "../../plans/pricing";
import type { DiscountPart } from "../parts";
import type { CouponTerms, CreditedLine, ExplainedLine, Known, KnownPrice, Span } from "./known";

type Reader = Pick<
  Database | Tx,
  | "invoiceLine"
  | "subscriptionItem"
  | "subscriptionDiscount"
  | "price"
  | "product"
  | "coupon"
  | "promotionCode"
  | "taxRate"
  | "invoice"
>;

/** As it is in the database. */
export type LineRow = Awaited<ReturnType<Database["invoiceLine"]["findMany"]>>[number];

interface Asked {
  customerId: string;
  subscriptionId: string | null;
  discounts: readonly DiscountPart[];
  lines: readonly LineRow[];
}

/** What the explanations of an invoice's lines need, read once for all of them. */
export async function loadKnown(db: Reader, asked: Asked): Promise<(line: LineRow) => Known> {
  const { customerId, lines } = asked;
  const [credited, periods, prices, products, coupons, discounts, rates] = await Promise.all([
    creditedLines(db, customerId, lines.flatMap(creditedIds)),
    knownPeriods(db, customerId, lines),
    knownPrices(db, present(lines.map(({ priceId }) => priceId))),
    productNames(db, present(lines.map(({ productId }) => productId))),
    couponsOfSubscription(db, asked),
    knownDiscounts(db, asked.discounts),
    taxRates(db, lines),
  ]);
  return (line) => ({
    price: prices.get(line.priceId ?? "") ?? null,
    product: products.get(line.productId ?? "") ?? null,
    credited: creditedIds(line).flatMap((id) => credited.get(id) ?? []),
    periods: periods.get(line.subscriptionItemId ?? "") ?? [],
    coupons,
    discounts,
    rates,
  });
}

export const explainedLine = (line: LineRow): ExplainedLine => ({
  id: line.id,
  amount: minorUnits(line.amount),
  quantity: line.quantityDecimal ?? line.quantity?.toString() ?? null,
  unitAmount: line.unitAmountDecimal,
  proration: line.proration,
  ofSubscription: line.parentType === "subscription_item_details",
  priceId: line.priceId,
  productId: line.productId,
  creditedLineIds: creditedIds(line),
  discounts: line.discounts as unknown as ExplainedLine["discounts"],
  credits: line.credits as unknown as ExplainedLine["credits"],
  taxes: line.taxes as unknown as ExplainedLine["taxes"],
  ...spanOf(line.periodStart, line.periodEnd),
});

const creditedIds = ({ creditedLineIds }: LineRow) => creditedLineIds as string[];
const seconds = (at: Date): number => Math.floor(at.getTime() / 1000);
const spanOf = (start: Date, end: Date): Span => ({ start: seconds(start), end: seconds(end) });
const present = (ids: readonly (string | null)[]): string[] => [
  ...new Set(ids.flatMap((id) => (id === null ? [] : [id]))),
];

async function creditedLines(
  db: Reader,
  customerId: string,
  ids: string[],
): Promise<Map<string, CreditedLine>> {
  if (ids.length === 0) return new Map();
  const rows = await db.invoiceLine.findMany({
    where: { customerId, id: { in: ids } },
    include: { invoice: { select: { number: true } } },
  });
  return new Map(
    rows.map((row) => [
      row.id,
      {
        id: row.id,
        amount: minorUnits(row.amount),
        off: explainedLine(row).discounts.reduce((sum, { amount }) => sum + amount, 0),
        invoiceId: row.invoiceId,
        invoiceNumber: row.invoice.number,
        ...spanOf(row.periodStart, row.periodEnd),
      },
    ]),
  );
}

/** Of the items that lines with a part of a period are for: what was charged whole, and what runs now. */
async function knownPeriods(
  db: Reader,
  customerId: string,
  lines: readonly LineRow[],
): Promise<Map<string, Span[]>> {
  const partial = lines.filter(({ proration }) => proration);
  const items = present(partial.map(({ subscriptionItemId }) => subscriptionItemId));
  if (items.length === 0) return new Map();
  const ends = partial.map(({ periodEnd }) => periodEnd);
  const [charged, current] = await Promise.all([
    db.invoiceLine.findMany({
      where: { customerId, subscriptionItemId: { in: items }, proration: false, periodEnd: { in: ends } },
      select: { subscriptionItemId: true, periodStart: true, periodEnd: true },
      take: 200,
    }),
    db.subscriptionItem.findMany({ where: { customerId, id: { in: items } } }),
  ]);
  const spans = [
    ...charged.map((line) => ({
      item: line.subscriptionItemId,
      span: spanOf(line.periodStart, line.periodEnd),
    })),
    ...current.map((item) => ({
      item: item.id,
      span: spanOf(item.currentPeriodStart, item.currentPeriodEnd),
    })),
  ];
  return grouped(spans);
}

function grouped(spans: { item: string | null; span: Span }[]): Map<string, Span[]> {
  const byItem = new Map<string, Span[]>();
  for (const { item, span } of spans) {
    if (item !== null) byItem.set(item, [...(byItem.get(item) ?? []), span]);
  }
  return byItem;
}

async function knownPrices(db: Reader, ids: string[]): Promise<Map<string, KnownPrice>> {
  const rows = await db.price.findMany({ where: { id: { in: ids } } });
  return new Map(
    rows.flatMap((row): [string, KnownPrice][] => {
      const price = knownPrice(row);
      return price ? [[row.id, price]] : [];
    }),
  );
}

/** Null for one that says nothing, as before its tiers were mirrored. */
function knownPrice(row: Price): KnownPrice | null {
  const { unitAmountDecimal, unitAmount, tiersMode, tiers, packageSize, packageRound, usageType } = row;
  const unit = unitAmountDecimal ?? unitAmount?.toString() ?? null;
  if (unit === null && tiers === null) return null;
  const rate: Rate = {
    unitAmount: unit,
    tiersMode: tiersMode === "graduated" || tiersMode === "volume" ? tiersMode : null,
    tiers: tiers as unknown as Rate["tiers"],
    packageSize: packageSize === null ? null : Number(packageSize),
    packageRound: packageRound === "down" ? "down" : packageRound === null ? null : "up",
  };
  return { rate, kind: row.kind, interval: row.interval, intervalCount: 1, metered: usageType === "metered" };
}

async function productNames(db: Reader, ids: string[]): Promise<Map<string, string>> {
  const rows = await db.product.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** The discounts it has, and those its invoices have had. */
async function couponsOfSubscription(
  db: Reader,
  { customerId, subscriptionId, discounts, lines }: Asked,
): Promise<CouponTerms[]> {
  if (!subscriptionId || !lines.some(({ proration }) => proration)) return [];
  const [current, invoices] = await Promise.all([
    db.subscriptionDiscount.findMany({ where: { customerId, subscriptionId }, select: { couponId: true } }),
    db.invoice.findMany({
      where: { customerId, subscriptionId, discountAmount: { gt: 0 } },
      select: { discounts: true },
      orderBy: { createdAt: "desc" },
      take: 50,
    }),
  ]);
  const used = [
    ...discounts,
    ...invoices.flatMap((invoice) => invoice.discounts as unknown as DiscountPart[]),
  ];
  const ids = present([...current.map(({ couponId }) => couponId), ...used.map(({ coupon }) => coupon)]);
  return [...(await couponTerms(db, ids)).values()];
}

async function couponTerms(db: Reader, ids: string[]): Promise<Map<string, CouponTerms>> {
  if (ids.length === 0) return new Map();
  const rows = await db.coupon.findMany({ where: { id: { in: ids } } });
  return new Map(
    rows.map((row) => [
      row.id,
      {
        name: row.name,
        percentOff: row.percentOff?.toString() ?? null,
        amountOff: row.amountOff === null ? null : minorUnits(row.amountOff),
      },
    ]),
  );
}

async function knownDiscounts(db: Reader, parts: readonly DiscountPart[]): Promise<Known["discounts"]> {
  const codes = present(parts.map(({ code }) => code));
  const [coupons, promotionCodes] = await Promise.all([
    couponTerms(db, present(parts.map(({ coupon }) => coupon))),
    codes.length === 0 ? [] : db.promotionCode.findMany({ where: { id: { in: codes } } }),
  ]);
  return new Map(
    parts.map(({ discount, coupon, code }) => [
      discount,
      {
        ...(coupons.get(coupon ?? "") ?? { name: null, percentOff: null, amountOff: null }),
        code: promotionCodes.find(({ id }) => id === code)?.code ?? null,
      },
    ]),
  );
}

async function taxRates(db: Reader, lines: readonly LineRow[]): Promise<Known["rates"]> {
  const ids = present(lines.flatMap((line) => explainedLine(line).taxes.map(({ rate }) => rate)));
  if (ids.length === 0) return new Map();
  const rows = await db.taxRate.findMany({ where: { id: { in: ids } } });
  return new Map(rows.map(({ id, name, percentage }) => [id, { name, percentage: percentage.toString() }]));
}
