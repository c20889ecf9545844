import { z } from "zod";

export const refundReasons = ["requested_by_customer", "duplicate", "fraudulent"] as const;

/** `operationId` is made when the dialog opens: a double click or a retry is the same refund. */
export const CreateRefundInput = z.object({
  operationId: z.uuid(),
  invoiceId: z.string().min(1).max(100),
  /** Minor units of the invoice's currency. */
  amount: z.number().int().positive().max(Number.MAX_SAFE_INTEGER),
  reason: z.enum(refundReasons),
  note: z.string().trim().max(500).default(""),
});
export type CreateRefundInput = z.infer<typeof CreateRefundInput>;

export interface RefundView {
  /** Stripe's id, or the operation's while Stripe has not answered. */
  id: string;
  operationId: string | null;
  /** pending, requires_action, succeeded, failed, canceled; submitted or unknown while undecided. */
  status: string;
  amount: number;
  currency: string;
  reason: string | null;
  failureReason: string | null;
  createdAt: string;
}
