import type Stripe from "stripe";
import { mirrorTable } from "../db/sql/mirror-table";
import { instant, storable } from "../stripe/fields";

interface ChargeRow {
  customerId: string;
  id: string;
  paymentId: string;
  status: string;
  currency: string;
  amount: number;
  capturedAmount: number;
  refundedAmount: number;
  disputed: boolean;
  paymentMethodId: string | null;
  cardBrand: string | null;
  cardLast4: string | null;
  failureCode: string | null;
  failureMessage: string | null;
  declineCode: string | null;
  riskLevel: string | null;
  createdAt: Date;
}

export const writeCharge = mirrorTable<ChargeRow>("charge", [
  "paymentId",
  "status",
  "currency",
  "amount",
  "capturedAmount",
  "refundedAmount",
  "disputed",
  "paymentMethodId",
  "cardBrand",
  "cardLast4",
  "failureCode",
  "failureMessage",
  "declineCode",
  "riskLevel",
  "createdAt",
]);

export function chargeRow(customerId: string, paymentId: string, charge: Stripe.Charge): ChargeRow {
  const card = charge.payment_method_details?.card;
  return {
    customerId,
    id: charge.id,
    paymentId,
    status: charge.status,
    currency: charge.currency,
    amount: charge.amount,
    capturedAmount: charge.amount_captured,
    refundedAmount: charge.amount_refunded,
    disputed: charge.disputed,
    paymentMethodId: charge.payment_method,
    cardBrand: card?.brand ?? null,
    cardLast4: card?.last4 ?? null,
    failureCode: charge.failure_code,
    failureMessage: storable(charge.failure_message),
    declineCode: charge.status === "failed" ? (charge.outcome?.reason ?? null) : null,
    riskLevel: charge.outcome?.risk_level ?? null,
    createdAt: instant(charge.created),
  };
}
