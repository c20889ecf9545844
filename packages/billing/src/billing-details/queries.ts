import type { Ctx } from "../context";
import { notFound } from "../errors";
import type { BillingDetailsView, TaxIdView } from "./schemas";

export async function billingDetails(
  { db }: Pick<Ctx, "db">,
  customerId: string,
): Promise<BillingDetailsView> {
  const customer = await db.customer.findUnique({
    where: { id: customerId },
    select: {
      name: true,
      email: true,
      phone: true,
      address: true,
      preferredLocale: true,
      taxExempt: true,
      taxIds: {
        select: { id: true, type: true, value: true, country: true, status: true, verifiedName: true },
        orderBy: [{ createdAt: "asc" }, { id: "asc" }],
      },
    },
  });
  if (!customer) throw notFound("customer");
  const { taxIds, address, phone, preferredLocale, ...rest } = customer;
  return {
    ...rest,
    phone: phone ?? "",
    address: addressView(address),
    language: preferredLocale?.split("-")[0] ?? "en",
    taxIds: taxIds.map(({ type, status, ...taxId }) => ({ ...taxId, kind: type, status: statusOf(status) })),
  };
}

function addressView(address: unknown): BillingDetailsView["address"] {
  if (typeof address !== "object" || address === null) return null;
  const known = address as Record<string, string | null>;
  const { line1, line2, city, state, postal_code: postalCode, country } = known;
  return {
    line1: line1 ?? "",
    line2: line2 ?? "",
    city: city ?? "",
    state: state ?? "",
    postalCode: postalCode ?? "",
    country: country ?? "",
  };
}

const statusOf = (status: string | null): TaxIdView["status"] =>
  status === "pending" || status === "verified" || status === "unverified" ? status : "unavailable";
