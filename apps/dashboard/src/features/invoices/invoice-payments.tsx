import type { InvoiceDetail } from "@farebox/billing";
import { Card } from "@farebox/ui/card";
import { TextLink } from "@farebox/ui/link";
import type { ReactNode } from "react";
import { useSay } from "../subscriptions/use-say";
import { attemptSentence, creditNoteSentence, paymentSentence, refundSentence } from "./money-sentences";

/** Everything that happened to the money of an invoice: each try, what was paid, and what came back. */
export function InvoicePayments({ invoice }: { invoice: InvoiceDetail }) {
  const say = useSay();
  const { refunds, creditNotes } = invoice;
  const failed = invoice.attempts.filter(({ status }) => status === "failed");
  // One that waits for a card is the invoice being open; the tries it had are told one by one.
  const payments = invoice.payments.filter(({ status }) => status !== "requires_payment_method");
  if (failed.length + payments.length + refunds.length + creditNotes.length === 0) return null;
  return (
    <Card aria-labelledby="invoice-payments" className="p-6">
      <h2 id="invoice-payments" className="text-base">
        {title(invoice)}
      </h2>
      <ul className="mt-2 divide-y" aria-live="polite">
        {failed.map((attempt) => (
          <Fact key={attempt.id}>{attemptSentence(attempt, say)}</Fact>
        ))}
        {payments.map((payment) => (
          <Fact key={payment.id} link={payment.receiptUrl} linkText="Receipt">
            {paymentSentence(payment, say)}
          </Fact>
        ))}
        {refunds.map((refund) => (
          <Fact key={refund.id}>{refundSentence(refund, say)}</Fact>
        ))}
        {creditNotes.map((note) => (
          <Fact key={note.id}>{creditNoteSentence(note, say)}</Fact>
        ))}
        {invoice.status === "open" && invoice.nextAttemptAt ? (
          <Fact>{`We try again on ${say.date(invoice.nextAttemptAt)}.`}</Fact>
        ) : null}
      </ul>
    </Card>
  );
}

function title({ refunds, creditNotes }: InvoiceDetail): string {
  const parts = ["Payments", refunds.length > 0 && "refunds", creditNotes.length > 0 && "credit notes"];
  return new Intl.ListFormat("en", { type: "conjunction" }).format(parts.filter((part) => part !== false));
}

interface FactProps {
  link?: string | null;
  linkText?: string;
  children: ReactNode;
}

function Fact({ link, linkText, children }: FactProps) {
  return (
    <li className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 py-3">
      <span className="min-w-0">{children}</span>
      {link ? (
        <TextLink external href={link}>
          {linkText}
        </TextLink>
      ) : null}
    </li>
  );
}
