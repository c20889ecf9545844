import { pageParams } from "../../http/lists";
import { decimal, hash, int, list, metadata, natural, oneOf, text, unsupported } from "../../http/params";
import { taxRateIds } from "../tax-rates";

const line = hash(
  {
    amount: int,
    description: text,
    invoice_line_item: text,
    metadata,
    quantity: natural,
    tax_amounts: unsupported,
    tax_rates: taxRateIds,
    type: oneOf("custom_line_item", "invoice_line_item"),
    unit_amount: int,
    unit_amount_decimal: decimal,
  },
  ["type"],
);
const refund = hash({
  amount_refunded: natural,
  payment_record_refund: unsupported,
  refund: text,
  type: oneOf("refund"),
});

const fields = {
  amount: natural,
  credit_amount: natural,
  effective_at: int,
  email_type: oneOf("credit_note", "none"),
  invoice: text,
  lines: list(line),
  memo: text,
  metadata,
  out_of_band_amount: natural,
  reason: oneOf("duplicate", "fraudulent", "order_change", "product_unsatisfactory"),
  refund_amount: natural,
  refunds: list(refund),
  shipping_cost: unsupported,
};
export const createParams = hash(fields, ["invoice"]);
export const previewLinesParams = hash({ ...fields, ...pageParams }, ["invoice"]);
export const updateParams = hash({ memo: text, metadata });
export type CreateParams = ReturnType<typeof createParams>;
export type LineGiven = ReturnType<typeof line>;
