import type { PlanView } from "@farebox/billing";
import { Card } from "@farebox/ui/card";
import { Skeleton, Skeletons } from "@farebox/ui/skeleton";
import type { ReactNode } from "react";
import type { DueToday } from "./due-today";
import type { Purchase } from "./operation-id";
import { OrderSummary } from "./order-summary";

interface PurchaseFrameProps {
  purchase: Purchase;
  plan: PlanView;
  price: { amount: number; currency: string };
  due: DueToday;
  /** The card form; null while it is on its way. */
  children: ReactNode;
}

export function PurchaseFrame({ purchase, plan, price, due, children }: PurchaseFrameProps) {
  return (
    <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
      <OrderSummary plan={plan} price={price} search={purchase} due={due} className="lg:order-last" />
      <Card aria-labelledby="card-details" className="p-6">
        <h2 id="card-details" className="mb-4 text-base">
          Card details
        </h2>
        {children ?? (
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
