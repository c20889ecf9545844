import type { BrowserConfig, ChangedPlan, SubscriptionView } from "@farebox/billing";
import { Button } from "@farebox/ui/button";
import { Card } from "@farebox/ui/card";
import { Money } from "@farebox/ui/money";
import { Skeleton } from "@farebox/ui/skeleton";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { trpc } from "../../lib/trpc";
import { Outcome } from "../checkout/outcome";
import { CardForm } from "../payments/card-form";
import { confirmIntent } from "../payments/confirm-intent";
import { useStripeJs } from "../payments/use-stripe-js";
import { Loaded } from "../shell/loaded";
import { Page } from "../shell/page";
import { useSay } from "../subscriptions/use-say";
import { Undo } from "./notices";

/** The payment that a change waits for: with the card of before, its bank's question included, or with another. */
export function FinishPage() {
  const current = trpc.subscriptions.current.useQuery();
  const payment = trpc.subscriptions.pendingPayment.useQuery(undefined, { staleTime: 0, gcTime: 0 });
  const config = trpc.config.get.useQuery();
  const skeleton = <Skeleton className="h-96 max-w-xl rounded-lg" />;
  return (
    <Page title="Finish the change">
      <Loaded query={current} what="your plan" skeleton={skeleton}>
        {(subscription) => (
          <Loaded query={payment} what="the payment" skeleton={skeleton}>
            {(confirmation) => (
              <Loaded query={config} what="the checkout" skeleton={skeleton}>
                {(browser) =>
                  confirmation && subscription?.pendingChange ? (
                    <FinishPayment confirmation={confirmation} subscription={subscription} config={browser} />
                  ) : (
                    <NothingOpen subscription={subscription} />
                  )
                }
              </Loaded>
            )}
          </Loaded>
        )}
      </Loaded>
    </Page>
  );
}

function NothingOpen({ subscription }: { subscription: SubscriptionView | null }) {
  return (
    <Outcome
      tone="success"
      title={subscription ? `You are on ${subscription.planName}` : "No change is open"}
      actions={
        <Button asChild variant="primary">
          <Link to="/plans">Go to the plans</Link>
        </Button>
      }
    >
      No payment is open for a change of your plan.
    </Outcome>
  );
}

interface FinishPaymentProps {
  confirmation: NonNullable<ChangedPlan["confirmation"]>;
  subscription: SubscriptionView;
  config: BrowserConfig;
}

function FinishPayment({ confirmation, subscription, config }: FinishPaymentProps) {
  const [confirmed, setConfirmed] = useState(false);
  const say = useSay();
  const stripe = useStripeJs(config);
  const { clientSecret, amount, currency } = confirmation;
  const target = subscription.pendingChange?.planName ?? "";
  if (confirmed) {
    return (
      <Outcome tone="info" title="Confirming the payment">
        {target} starts in a moment. This page changes by itself.
      </Outcome>
    );
  }
  return (
    <Card className="grid max-w-xl gap-6 p-6">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h2 className="text-xl">Change to {target}</h2>
        <Money amount={amount} currency={currency} className="font-semibold text-2xl" />
      </div>
      {stripe.data ? (
        <CardForm
          stripe={stripe.data}
          clientSecret={clientSecret}
          currency={currency}
          submitLabel={`Pay ${say.money(amount, currency)} now`}
          confirm={(js, elements) => confirmIntent(js, elements, { kind: "payment", clientSecret })}
          onConfirmed={() => setConfirmed(true)}
        >
          <p className="text-quiet text-sm">
            You are on {subscription.planName} until this is paid. Later invoices use this card.
          </p>
        </CardForm>
      ) : (
        <Skeleton className="h-64" />
      )}
      <Undo verb="dropPendingChange" label="Drop the change" />
    </Card>
  );
}
