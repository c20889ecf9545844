import { fullAddress } from "../../http/params";
import type { Invoice } from "../../tables";
import type { UpdateParams } from "./params";

export function renderingOf(
  current: Invoice["rendering"],
  given: NonNullable<UpdateParams["rendering"]>,
): Invoice["rendering"] {
  const { amount_tax_display: display, pdf } = given;
  return {
    amount_tax_display: display === undefined ? (current?.amount_tax_display ?? null) : display,
    pdf: pdf ? { page_size: pdf.page_size ?? null } : (current?.pdf ?? null),
    template: null,
    template_version: null,
  };
}

export function shippingOf(given: UpdateParams["shipping_details"]): Invoice["shipping_details"] {
  return given ? { address: fullAddress(given.address), name: given.name, phone: given.phone ?? null } : null;
}
