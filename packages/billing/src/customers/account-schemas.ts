import { z } from "zod";

export const CloseAccountInput = z.object({
  /** The account's name, typed again: nobody closes an account by a slip. */
  name: z.string().min(1).max(200),
  /** Unpaid invoices stay to be paid by their link; without this they refuse the closing. */
  leaveUnpaid: z.boolean().default(false),
});
export type CloseAccountInput = z.infer<typeof CloseAccountInput>;

export interface ClosingView {
  name: string;
  /** What is cancelled at once. */
  plan: { name: string; status: string; paidUntil: string | null } | null;
  unpaid: {
    id: string;
    number: string | null;
    amount: number;
    currency: string;
    hostedInvoiceUrl: string | null;
  }[];
  members: number;
}
