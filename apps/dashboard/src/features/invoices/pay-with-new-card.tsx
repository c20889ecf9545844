import type { InvoiceDetail } from "@farebox/billing";
import { Button } from "@farebox/ui/button";
import type { Stripe } from "@stripe/stripe-js";
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { queries, trpcClient } from "../../lib/trpc";
import { CardForm } from "../payments/card-form";
import { confirmIntent } from "../payments/confirm-intent";
import { useSay } from "../subscriptions/use-say";
import { Broken, FormSkeleton } from "./pay-states";

interface PayWithNewCardProps {
  invoice: InvoiceDetail;
  stripe: Stripe;
  onSent: () => void;
  /** Absent where there is no saved card. */
  onBack?: () => void;
}

/** The invoice has one payment, and only that is confirmed: it can succeed once, from whichever tab. */
export function PayWithNewCard({ invoice, stripe, onSent, onBack }: PayWithNewCardProps) {
  const say = useSay();
  const payment = useQuery({
    queryKey: ["invoice payment", invoice.id],
    queryFn: () => trpcClient.invoices.openPayment.mutate({ invoiceId: invoice.id }),
    staleTime: 0,
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
  });
  const paidMeanwhile = payment.data?.clientSecret === null;
  useEffect(() => {
    if (paidMeanwhile) void queries.invoices.invalidate();
  }, [paidMeanwhile]);
  if (payment.error) return <Broken error={payment.error} retry={() => void payment.refetch()} />;
  if (!payment.data?.clientSecret) return <FormSkeleton />;
  const { clientSecret, amount, currency } = payment.data;
  const confirmable = { kind: "payment", clientSecret } as const;
  return (
    <div className="grid gap-2">
      <CardForm
        stripe={stripe}
        clientSecret={clientSecret}
        currency={currency}
        submitLabel={`Pay ${say.money(amount, currency)} now`}
        confirm={(js, elements) => confirmIntent(js, elements, confirmable, window.location.pathname)}
        onConfirmed={onSent}
      >
        {null}
      </CardForm>
      {onBack ? (
        <Button variant="ghost" onClick={onBack}>
          Use a saved card
        </Button>
      ) : null}
    </div>
  );
}
