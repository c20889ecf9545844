import { z } from "zod";

export const PaymentStatusInput = z.object({ paymentIntentId: z.string().min(1).max(100) });
export type PaymentStatusInput = z.infer<typeof PaymentStatusInput>;

/** What our database knows, for the page a customer returns to; the query string of that page proves nothing. */
export interface PaymentStatusView {
  status: string;
  subscriptionStatus: string | null;
}
