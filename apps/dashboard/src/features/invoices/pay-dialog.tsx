import type { InvoiceDetail } from "@farebox/billing";
import { Dialog } from "@farebox/ui/dialog";
import { Spinner } from "@farebox/ui/spinner";
import { toast } from "@farebox/ui/toast";
import { useEffect, useState } from "react";
import { trpc } from "../../lib/trpc";
import { useStripeJs } from "../payments/use-stripe-js";
import { useSay } from "../subscriptions/use-say";
import { invoiceName } from "./invoice-name";
import { Broken, FormSkeleton } from "./pay-states";
import { PayWithNewCard } from "./pay-with-new-card";
import { PayWithSavedCard } from "./pay-with-saved-card";

interface PayDialogProps {
  invoice: InvoiceDetail;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

const askAgainMs = 2_000;

/** Open until the database says that it is paid, in this tab or in another. */
export function PayDialog({ invoice, open, onOpenChange }: PayDialogProps) {
  const say = useSay();
  const [sent, setSent] = useState(false);
  const [busy, setBusy] = useState(false);
  const amount = say.money(invoice.amountRemaining, invoice.currency);
  trpc.invoices.get.useQuery(
    { invoiceId: invoice.id },
    { refetchInterval: sent && invoice.status !== "paid" ? askAgainMs : false },
  );
  usePaid(invoice, open, () => {
    setSent(false);
    onOpenChange(false);
  });
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      locked={busy}
      title={`Pay invoice ${invoiceName(invoice)}`}
      description={sent ? undefined : `${amount} is still to pay. You are charged once, now.`}
    >
      {sent ? <Waiting /> : <Choice invoice={invoice} onSent={() => setSent(true)} onBusy={setBusy} />}
    </Dialog>
  );
}

function usePaid(invoice: InvoiceDetail, open: boolean, done: () => void) {
  const say = useSay();
  const isPaid = invoice.status === "paid";
  useEffect(() => {
    if (!open || !isPaid) return;
    toast.success(
      `Invoice ${invoiceName(invoice)} is paid: ${say.money(invoice.amountPaid, invoice.currency)}.`,
    );
    done();
  }, [open, isPaid]);
}

function Waiting() {
  return (
    <div className="flex items-center gap-3" role="status">
      <Spinner label="" />
      <p>We are confirming your payment. This takes a few seconds; it goes on if you close this.</p>
    </div>
  );
}

interface ChoiceProps {
  invoice: InvoiceDetail;
  onSent: () => void;
  onBusy: (busy: boolean) => void;
}

function Choice({ invoice, onSent, onBusy }: ChoiceProps) {
  const config = trpc.config.get.useQuery();
  const saved = trpc.paymentMethods.list.useQuery();
  const [typing, setTyping] = useState(false);
  const broken = config.error ?? saved.error;
  if (broken)
    return <Broken error={broken} retry={() => void Promise.all([config.refetch(), saved.refetch()])} />;
  if (!config.data || !saved.data) return <FormSkeleton />;
  const cards = saved.data.cards.filter(({ type, expiry }) => type === "card" && expiry !== "expired");
  return (
    <WithStripe config={config.data}>
      {(stripe) =>
        typing || cards.length === 0 ? (
          <PayWithNewCard
            invoice={invoice}
            stripe={stripe}
            onSent={onSent}
            onBack={cards.length > 0 ? () => setTyping(false) : undefined}
          />
        ) : (
          <PayWithSavedCard
            invoice={invoice}
            stripe={stripe}
            cards={cards}
            onSent={onSent}
            onBusy={onBusy}
            onOther={() => setTyping(true)}
          />
        )
      }
    </WithStripe>
  );
}

interface WithStripeProps {
  config: Parameters<typeof useStripeJs>[0];
  children: (stripe: NonNullable<ReturnType<typeof useStripeJs>["data"]>) => React.ReactNode;
}

function WithStripe({ config, children }: WithStripeProps) {
  const stripe = useStripeJs(config);
  if (stripe.error) return <Broken error={stripe.error} retry={() => void stripe.refetch()} />;
  return stripe.data ? children(stripe.data) : <FormSkeleton />;
}
