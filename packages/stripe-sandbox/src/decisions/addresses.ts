/** Where an invoice can be paid and read; Stripe's own addresses have another shape and expire. */
export function invoicePages(sandboxUrl: string, invoice: string) {
  const page = `${sandboxUrl}/invoices/${invoice}`;
  return { hosted_invoice_url: page, invoice_pdf: `${page}/pdf` };
}
