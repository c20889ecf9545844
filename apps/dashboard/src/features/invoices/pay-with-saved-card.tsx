import type { CardView, InvoiceDetail } from "@farebox/billing";
import { Banner } from "@farebox/ui/banner";
import { Button } from "@farebox/ui/button";
import { RadioCards } from "@farebox/ui/radio-cards";
import type { Stripe } from "@stripe/stripe-js";
import { type FormEvent, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { failureOf } from "../../lib/failure";
import { queries, trpc } from "../../lib/trpc";
import { cardName } from "../payment-methods/card-text";
import { finishChallenge } from "../payments/confirm-intent";
import { useSay } from "../subscriptions/use-say";

interface PayWithSavedCardProps {
  invoice: InvoiceDetail;
  stripe: Stripe;
  cards: readonly CardView[];
  onSent: () => void;
  onBusy: (busy: boolean) => void;
  onOther: () => void;
}

export function PayWithSavedCard({ invoice, stripe, cards, onSent, onBusy, onOther }: PayWithSavedCardProps) {
  const say = useSay();
  const [card, setCard] = useState(cards[0]?.id ?? "");
  const { pay, pending, problem, alert } = usePayment({ invoice, stripe, onSent, onBusy });
  return (
    <form
      className="grid gap-4"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        void pay(card);
      }}
    >
      <RadioCards
        legend="Card"
        legendHidden
        value={card}
        onChange={setCard}
        options={cards.map(({ id, brand, last4, expMonth, expYear, isDefault }) => ({
          value: id,
          title: cardName({ brand, last4 }),
          aside: isDefault ? <span className="text-quiet">Default</span> : null,
          description:
            expMonth && expYear ? `Expires ${String(expMonth).padStart(2, "0")}/${expYear % 100}` : undefined,
          disabled: pending,
        }))}
      />
      <div ref={alert} tabIndex={-1} className="rounded-lg empty:hidden">
        {problem ? <Banner role="alert" tone="danger" title={problem} /> : null}
      </div>
      <div className="grid gap-2">
        <Button type="submit" variant="primary" size="lg" pending={pending}>
          Pay {say.money(invoice.amountRemaining, invoice.currency)} now
        </Button>
        <Button variant="ghost" disabled={pending} onClick={onOther}>
          Use another card
        </Button>
      </div>
    </form>
  );
}

type Payment = Pick<PayWithSavedCardProps, "invoice" | "stripe" | "onSent" | "onBusy">;

/** One id per intent: a lost answer is asked for again with the same one, a refusal ends it. */
function usePayment({ invoice, stripe, onSent, onBusy }: Payment) {
  const charge = trpc.invoices.pay.useMutation();
  const alert = useRef<HTMLDivElement>(null);
  const intent = useRef<{ card: string; id: string } | null>(null);
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const working = (is: boolean) => {
    setPending(is);
    onBusy(is);
  };
  function refuse(message: string) {
    flushSync(() => {
      working(false);
      setProblem(message);
    });
    alert.current?.focus();
    void queries.invoices.invalidate();
  }

  async function pay(card: string) {
    if (pending) return;
    working(true);
    setProblem(null);
    if (intent.current?.card !== card) intent.current = { card, id: crypto.randomUUID() };
    try {
      const { outcome, message, clientSecret } = await charge.mutateAsync({
        operationId: intent.current.id,
        invoiceId: invoice.id,
        paymentMethodId: card,
        amount: invoice.amountRemaining,
      });
      if (outcome === "unknown") return refuse(message ?? "");
      intent.current = null;
      if (outcome === "declined") return refuse(message ?? "");
      if (clientSecret) {
        const finished = await finishChallenge(stripe, clientSecret);
        if (!finished.confirmed) return refuse(finished.message);
      }
      working(false);
      onSent();
      void queries.invoices.invalidate();
    } catch (error) {
      const { reason, message } = failureOf(error);
      if (reason !== null && reason !== "internal") intent.current = null;
      refuse(message);
    }
  }

  return { pay, pending, problem, alert };
}
