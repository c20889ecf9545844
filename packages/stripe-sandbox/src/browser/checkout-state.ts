/** What the checkout page knows of its session. */
export interface CheckoutState {
  id: string;
  /** open, complete or expired */
  status: string;
  mode: string;
  /** The connected account that sells. */
  account: string | null;
  merchant: string;
  currency: string | null;
  cancelUrl: string | null;
  /** Where an expired session goes on. */
  recoveryUrl: string | null;
  button: string;
  lines: CheckoutLine[];
  offers: CheckoutOffer[];
  totals: { label: string; amount: number }[];
  due: number | null;
  /** What happens after today, in sentences. */
  terms: string[];
  promotion: { allowed: boolean; code: string | null };
  asks: {
    /** The address that is known and cannot be changed, else what the field starts with. */
    email: { fixed: string | null; initial: string };
    card: boolean;
    address: boolean;
    phone: boolean;
    business: "no" | "optional" | "required";
    individual: "no" | "optional" | "required";
    taxId: "no" | "optional" | "required";
    saveCard: boolean;
    termsOfService: string | null;
    fields: CheckoutField[];
  };
  keepsCard: boolean;
  saved: { id: string; label: string; note: string }[];
  mayRemoveSaved: boolean;
  taxIdTypes: string[];
  notes: { submit: string | null; afterSubmit: string | null };
}

export interface CheckoutLine {
  id: string;
  name: string;
  note: string | null;
  quantity: number | null;
  amount: number;
  range: { minimum: number; maximum: number } | null;
  /** An addition that can be taken away again. */
  removable: boolean;
}

export interface CheckoutOffer {
  price: string;
  name: string;
  note: string | null;
  amount: number;
}

export interface CheckoutField {
  key: string;
  label: string;
  type: string;
  optional: boolean;
  initial: string;
  maximum: number | null;
  options: { label: string; value: string }[];
}
