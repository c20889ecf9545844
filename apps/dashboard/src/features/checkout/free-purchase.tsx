import type { PlanView } from "@farebox/billing";
import { Button } from "@farebox/ui/button";
import { useRef, useState } from "react";
import { queries, trpc } from "../../lib/trpc";
import { Confirming } from "./confirming";
import { dueToday } from "./due-today";
import { closeOperation, openOperation, type Purchase } from "./operation-id";
import { OrderSummary } from "./order-summary";
import { PurchaseProblem } from "./purchase-problem";

interface FreePurchaseProps {
  purchase: Purchase;
  plan: PlanView;
  price: { amount: number; currency: string };
}

/** No card and no Stripe.js: one button. */
export function FreePurchase({ purchase, plan, price }: FreePurchaseProps) {
  const create = trpc.subscriptions.create.useMutation({
    onSuccess: () => queries.subscriptions.current.invalidate(),
  });
  const asked = useRef(false);
  const [started, setStarted] = useState(false);

  async function start() {
    if (asked.current) return;
    asked.current = true;
    const { interval, currency } = purchase;
    const operationId = openOperation(purchase);
    await create.mutateAsync({ operationId, planId: plan.id, interval, currency }).then(
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
  return (
    <div className="mx-auto grid max-w-md gap-6">
      <OrderSummary
        plan={plan}
        price={price}
        search={purchase}
        due={dueToday(plan, price, null, Date.now())}
      />
      <Button variant="primary" size="lg" pending={create.isPending} onClick={() => void start()}>
        Start with {plan.name}
      </Button>
    </div>
  );
}
