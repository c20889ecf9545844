import type { BrowserConfig, PlanView, SubscriptionView } from "@farebox/billing";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { CardForm } from "../payments/card-form";
import { confirmIntent } from "../payments/confirm-intent";
import { retrieveStanding } from "../payments/intent-status";
import { useStripeJs } from "../payments/use-stripe-js";
import { hasEnded } from "../subscriptions/rules";
import { useSay } from "../subscriptions/use-say";
import { Confirming } from "./confirming";
import { consequence, submitLabel } from "./consequence";
import { dueToday } from "./due-today";
import type { Purchase } from "./operation-id";
import { PurchaseFrame } from "./purchase-frame";
import { ClosedPurchase, PurchaseProblem } from "./purchase-problem";
import { useOpenPurchase } from "./use-open-purchase";

export interface PaidPurchaseProps {
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
  const stripe = useStripeJs(config);
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
    <PurchaseFrame plan={plan} price={price} purchase={purchase} due={due}>
      {ready ? (
        <CardForm
          stripe={stripe.data}
          clientSecret={confirmable.clientSecret}
          currency={purchase.currency}
          submitLabel={submitLabel(due, plan, trialEnd, say)}
          confirm={(js, elements) => confirmIntent(js, elements, confirmable)}
          onConfirmed={() => setConfirmed(true)}
        >
          <p className="text-quiet text-sm">{consequence(due, price, purchase.interval, say)}</p>
        </CardForm>
      ) : null}
    </PurchaseFrame>
  );
}
