import { z } from "zod";

const PaymentMethodId = z.string().min(1).max(100);

/** `operationId` is made when the form opens and sent with each try, so that a reload goes on where it was. */
export const AddCardInput = z.object({ operationId: z.uuid() });
export type AddCardInput = z.infer<typeof AddCardInput>;

export const FinishCardInput = z.object({ operationId: z.uuid(), makeDefault: z.boolean() });
export type FinishCardInput = z.infer<typeof FinishCardInput>;

export const CardInput = z.object({ operationId: z.uuid(), paymentMethodId: PaymentMethodId });
export type CardInput = z.infer<typeof CardInput>;

export interface CardSetup {
  setupIntentId: string;
  clientSecret: string;
  status: string;
}

export type ExpiryState = "good" | "expires_soon" | "expires_before_charge" | "expired";

export interface CardView {
  id: string;
  /** card, or another type of Stripe's, which has no number to show. */
  type: string;
  brand: string;
  last4: string;
  expMonth: number | null;
  expYear: number | null;
  expiry: ExpiryState;
  /** Whole days until it is no longer good; null where it does not expire. */
  daysLeft: number | null;
  /** What the next charge is taken from. */
  isDefault: boolean;
  addedAt: string;
  /** Why it cannot be removed now; null when it can. */
  keptBecause: { reason: KeepReason; message: string } | null;
}

export type KeepReason = "last_card" | "pays_plan" | "change_in_progress";

export interface UnpaidInvoice {
  id: string;
  number: string | null;
  amount: number;
  currency: string;
}

export interface PaymentMethodsView {
  cards: CardView[];
  /** What a new default card would pay at once. */
  unpaid: UnpaidInvoice[];
}

/** What became of an unpaid invoice that a new default card was asked to pay. */
export interface RetriedInvoice extends UnpaidInvoice {
  outcome: "paid" | "declined" | "needs_confirmation" | "unknown";
  /** For people, when it was not paid. */
  message: string | null;
  hostedInvoiceUrl: string | null;
}

export interface DefaultCard {
  paymentMethodId: string;
  retried: RetriedInvoice[];
}

export interface AddedCard {
  /** not_confirmed: nothing was saved, the form may go on; gone: it was removed again since. */
  status: "added" | "already_saved" | "not_confirmed" | "gone";
  paymentMethodId: string | null;
  isDefault: boolean;
  retried: RetriedInvoice[];
}
