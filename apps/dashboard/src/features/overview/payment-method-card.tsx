import type { SubscriptionView } from "@farebox/billing";
import { Card } from "@farebox/ui/card";
import { TriangleAlert } from "lucide-react";
import { cardExpiry, cardName, cardStanding } from "../payment-methods/card-text";
import { nextCharge } from "../subscriptions/rules";

const warnings = {
  good: null,
  expired: "This card has expired.",
  expires_before_charge: "This card expires before the next charge.",
};

export function PaymentMethodCard({ subscription }: { subscription: SubscriptionView }) {
  const card = subscription.paymentMethod;
  const warning = card && warnings[cardStanding(card, nextCharge(subscription)?.at ?? null, Date.now())];
  return (
    <Card aria-label="Card" className="p-6">
      <h2 className="text-quiet text-sm">Card</h2>
      {card ? (
        <>
          <p className="mt-1 font-semibold text-xl tabular-nums">{cardName(card)}</p>
          <p className="mt-1 text-quiet text-sm tabular-nums">Good until {cardExpiry(card)}</p>
        </>
      ) : (
        <>
          <p className="mt-1 font-semibold text-xl">No card saved</p>
          <p className="mt-1 text-quiet text-sm">A card is saved with your first payment or trial.</p>
        </>
      )}
      {warning ? (
        <p className="mt-2 flex items-center gap-2 text-sm text-warning">
          <TriangleAlert aria-hidden className="size-4 shrink-0" />
          {warning}
        </p>
      ) : null}
    </Card>
  );
}
