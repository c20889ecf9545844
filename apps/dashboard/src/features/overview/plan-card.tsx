import type { SubscriptionView } from "@farebox/billing";
import { Button } from "@farebox/ui/button";
import { Card } from "@farebox/ui/card";
import { Money } from "@farebox/ui/money";
import { Link } from "@tanstack/react-router";
import { perInterval, planSentence } from "../subscriptions/plan-sentence";
import { hasEnded } from "../subscriptions/rules";
import { SubscriptionStatusBadge } from "../subscriptions/status-badge";
import { useSay } from "../subscriptions/use-say";

export function PlanCard({ subscription }: { subscription: SubscriptionView }) {
  const say = useSay();
  const { planName, status, price, quantity, interval } = subscription;
  const ended = hasEnded(subscription);
  return (
    <Card
      aria-label="Your plan"
      className="flex flex-wrap items-end justify-between gap-x-8 gap-y-4 p-6 sm:col-span-2"
    >
      <div className="min-w-0">
        <h2 className="text-quiet text-sm">Your plan</h2>
        <p className="mt-1 flex flex-wrap items-center gap-3">
          <span className="font-semibold text-2xl tracking-[-0.01em]">{planName}</span>
          <SubscriptionStatusBadge status={status} />
        </p>
        <p className="mt-2 text-quiet">{planSentence(subscription, say)}</p>
      </div>
      {ended ? (
        <Button asChild variant="primary">
          <Link to="/plans">Choose a plan</Link>
        </Button>
      ) : price && price.amount > 0 ? (
        <p className="shrink-0 text-quiet text-sm">
          <Money {...price} />{" "}
          <span>
            {perInterval(interval)}
            {quantity > 1 ? `, ${quantity} seats` : ""}
          </span>
        </p>
      ) : null}
    </Card>
  );
}
