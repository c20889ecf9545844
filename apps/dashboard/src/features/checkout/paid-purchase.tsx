import type { BrowserConfig, PlanView, SubscriptionView } from "@farebox/billing";
import { Card } from "@farebox/ui/card";
import { Skeleton, Skeletons } from "@farebox/ui/skeleton";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { CardForm } from "../payments/card-form";
import { retrieveStanding } from "../payments/intent-status";
import { openStripe } from "../payments/load-stripe";
import { hasEnded } from "../subscriptions/rules";
import { useSay } from "../subscriptions/use-say";
import { Confirming } from "./confirming";
import { consequence, submitLabel } from "./consequence";
import { dueToday } from "./due-today";
import type { Purchase } from "./operation-id";
import { OrderSummary } from "./order-summary";
import { ClosedPurchase, PurchaseProblem } from "./purchase-problem";
import { useOpenPurchase } from "./use-open-purchase";

interface PaidPurchaseProps {
  purchase: Purchase;
  plan: PlanView;
  price: { amount: number; currency: string };
  config: BrowserConfig;
  /** The trial that runs without a card, if this completes it. */
  trial: SubscriptionView | null;
}

export function PaidPurchase({ purchase, plan, price, config, trial }: PaidPurchaseProps) {
  const { opened, startOver } = useOpenPurchase({ ...purchase, plan: plan.id });
  const [confirmed, setConfirmed] = useState(false);
  const say = useSay();
  const confirmation = opened.data?.confirmation ?? null;
  const confirmable = confirmation && confirmation.kind !== "none" ? confirmation : null;
  const stripe = useQuery({
    queryKey: ["stripe.js", config.publishableKey],
    queryFn: () => openStripe(config),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const standing = useQuery({
    queryKey: ["intent", confirmable?.clientSecret],
    queryFn: () => (stripe.data && confirmable ? retrieveStanding(stripe.data, confirmable) : "open"),
    enabled: Boolean(stripe.data && confirmable),
    staleTime: 0,
  });

  if (opened.error)
    return <PurchaseProblem error={opened.error} retry={opened.refetch} startOver={startOver} />;
  if ((opened.data && hasEnded(opened.data)) || standing.data === "canceled") {
    return <ClosedPurchase startOver={startOver} />;
  }
  const settled = confirmation?.kind === "none" || standing.data === "done" || standing.data === "processing";
  if (confirmed || settled) return <Confirming what={confirmable?.kind ?? "payment"} />;
  const broken = stripe.error ?? standing.error;
  if (broken) {
    return (
      <PurchaseProblem
        error={broken}
        retry={stripe.error ? stripe.refetch : standing.refetch}
        startOver={startOver}
      />
    );
  }

  const trialEnd = trial?.trialEnd ?? null;
  const due = dueToday(plan, price, confirmation, say.now, trialEnd);
  const ready = stripe.data && confirmable && standing.data === "open";
  return (
    <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
      <OrderSummary plan={plan} price={price} search={purchase} due={due} className="lg:order-last" />
      <Card aria-labelledby="card-details" className="p-6">
        <h2 id="card-details" className="mb-4 text-base">
          Card details
        </h2>
        {ready ? (
          <CardForm
            stripe={stripe.data}
            confirmation={confirmable}
            submitLabel={submitLabel(due, plan, trialEnd, say)}
            returnUrl={new URL("/checkout/return", window.location.href).href}
            onConfirmed={() => setConfirmed(true)}
          >
            <p className="text-quiet text-sm">{consequence(due, price, purchase.interval, say)}</p>
          </CardForm>
        ) : (
          <Skeletons label="Opening the checkout" className="grid gap-4">
            <Skeleton className="h-10" />
            <Skeleton className="h-10" />
            <Skeleton className="h-10 w-1/2" />
            <Skeleton className="mt-8 h-12" />
          </Skeletons>
        )}
      </Card>
    </div>
  );
}
