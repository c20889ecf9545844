import type { SubscriptionView } from "@farebox/billing";
import { Button } from "@farebox/ui/button";
import { Link } from "@tanstack/react-router";
import { useEffect } from "react";
import { planSentence } from "../subscriptions/plan-sentence";
import { useSay } from "../subscriptions/use-say";
import { closeOperation } from "./operation-id";
import { Outcome } from "./outcome";
import { checkoutSearch } from "./search";

interface PlanStartedProps {
  subscription: SubscriptionView;
  customerId: string;
}

export function PlanStarted({ subscription, customerId }: PlanStartedProps) {
  const say = useSay();
  const { planId, planName, status, interval, price, quantity } = subscription;
  useEffect(() => {
    if (!planId) return;
    const bought = checkoutSearch({ interval, currency: price?.currency, seats: quantity });
    closeOperation({ customerId, ...bought, plan: planId });
  }, [customerId, planId, interval, price?.currency, quantity]);
  return (
    <Outcome
      tone="success"
      title={status === "trialing" ? `Your free trial of ${planName} has started` : `${planName} is active`}
      actions={
        <>
          <Button asChild variant="primary">
            <Link to="/">Go to the overview</Link>
          </Button>
          <Button asChild>
            <Link to="/invoices">See your invoices</Link>
          </Button>
        </>
      }
    >
      {planSentence(subscription, say)}
    </Outcome>
  );
}
