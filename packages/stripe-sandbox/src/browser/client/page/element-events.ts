import type { FrameKind, SavedMethod } from "../frame-channel";

type Detail = Record<string, unknown>;

/** What a frame reports, as the events of Stripe.js name and shape it. */
export function eventsOf(kind: FrameKind, name: string, detail: Detail): [name: string, detail: Detail][] {
  if (name === "loaderstart" && kind !== "payment" && kind !== "address") return [];
  if (name !== "change") return [[name, detail]];
  if (kind === "payment") return paymentEvents(detail);
  if (kind === "address") return [["change", detail]];
  const { empty, complete, error, brand, address } = detail;
  const { postalCode } = address as { postalCode: string | null };
  return [
    [
      "change",
      {
        empty,
        complete,
        error,
        ...((kind === "card" || kind === "cardNumber") && { brand }),
        ...(kind === "card" && { value: { postalCode: postalCode ?? "" } }),
      },
    ],
  ];
}

function paymentEvents({ empty, complete, brand, address, saves, method }: Detail): [string, Detail][] {
  const { id, type, billing_details } = (method ?? {}) as Partial<SavedMethod>;
  const value = {
    type: "card",
    ...(saves !== undefined && { savePaymentMethod: saves }),
    ...(address !== undefined && { billingDetails: { address } }),
    ...(id !== undefined && { payment_method: { id, type, billing_details } }),
  };
  const brands = brand === "unknown" ? null : [brand];
  return [
    ["change", { empty, complete, collapsed: false, value }],
    ["carddetailschange", { loading: false, details: { brands, funding: null } }],
  ];
}
