import type { PlanView } from "@farebox/billing";
import { Button } from "@farebox/ui/button";
import { useRef, useState } from "react";
import { queries, trpc } from "../../lib/trpc";
import { useSay } from "../subscriptions/use-say";
import { Confirming } from "./confirming";
import { submitLabel } from "./consequence";
import { dueToday } from "./due-today";
import { closeOperation, openOperation, type Purchase } from "./operation-id";
import { OrderSummary } from "./order-summary";
import { PurchaseProblem } from "./purchase-problem";

interface FreePurchaseProps {
  purchase: Purchase;
  plan: PlanView;
  price: { amount: number; currency: string };
}

/** A free plan, or a trial without a card: no Stripe.js, one button. */
export function FreePurchase({ purchase, plan, price }: FreePurchaseProps) {
  const create = trpc.subscriptions.create.useMutation({
    onSuccess: () => queries.subscriptions.current.invalidate(),
  });
  const asked = useRef(false);
  const [started, setStarted] = useState(false);
  const say = useSay();

  async function start() {
    if (asked.current) return;
    asked.current = true;
    const { interval, currency, seats } = purchase;
    const operationId = openOperation(purchase);
    await create.mutateAsync({ operationId, planId: plan.id, interval, currency, seats }).then(
      () => setStarted(true),
      () => {},
    );
    asked.current = false;
  }

  function startOver() {
    closeOperation(purchase);
    create.reset();
  }

  if (started) return <Confirming what="plan" />;
  if (create.error) return <PurchaseProblem error={create.error} retry={start} startOver={startOver} />;
  const due = dueToday(plan, price, null, say.now);
  return (
    <div className="mx-auto grid max-w-md gap-6">
      <OrderSummary plan={plan} price={price} search={purchase} due={due} />
      <Button variant="primary" size="lg" pending={create.isPending} onClick={() => void start()}>
        {due.later ? submitLabel(due, plan, null, say) : `Start with ${plan.name}`}
      </Button>
    </div>
  );
}
