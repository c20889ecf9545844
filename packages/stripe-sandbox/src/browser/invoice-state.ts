/** What the script of the invoice page needs to let somebody pay. */
export interface InvoiceState {
  status: string;
  /** The connected account whose page it is. */
  account: string | null;
  payable: boolean;
  due: string;
  pdf: string | null;
  receipts: string[];
  cards: { id: string; brand: string; last4: string }[];
}
