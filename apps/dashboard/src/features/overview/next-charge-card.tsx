import type { SubscriptionView } from "@farebox/billing";
import { Card } from "@farebox/ui/card";
import { DateTime } from "@farebox/ui/date-time";
import { Money } from "@farebox/ui/money";
import { nextCharge, trialNeedsCard } from "../subscriptions/rules";

export function NextChargeCard({ subscription }: { subscription: SubscriptionView }) {
  const charge = nextCharge(subscription);
  return (
    <Card aria-label="Next charge" className="p-6">
      <h2 className="text-quiet text-sm">Next charge</h2>
      {charge ? (
        <>
          <p className="mt-1 font-semibold text-xl">
            <Money amount={charge.amount} currency={charge.currency} />
          </p>
          <p className="mt-1 text-quiet text-sm">
            on <DateTime value={charge.at} />, before tax
          </p>
        </>
      ) : (
        <>
          <p className="mt-1 font-semibold text-xl">None</p>
          <p className="mt-1 text-quiet text-sm">{noChargeBecause(subscription)}</p>
        </>
      )}
    </Card>
  );
}

function noChargeBecause(subscription: SubscriptionView): string {
  const { status, cancelAt, price } = subscription;
  if (status === "incomplete") return "The plan has not started.";
  if (status === "past_due" || status === "unpaid") return "The last payment comes first.";
  if (trialNeedsCard(subscription)) return "There is no card to charge after the trial.";
  if (cancelAt) return "The plan ends and does not renew.";
  if (status === "active" && price?.amount === 0) return "This plan is free.";
  return "No plan is running.";
}
