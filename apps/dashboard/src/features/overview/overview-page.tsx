import { Button } from "@farebox/ui/button";
import { Card, CardContent } from "@farebox/ui/card";
import { EmptyState } from "@farebox/ui/empty-state";
import { Skeleton, SkeletonText } from "@farebox/ui/skeleton";
import { Link } from "@tanstack/react-router";
import { Layers } from "lucide-react";
import { trpc } from "../../lib/trpc";
import { Loaded } from "../shell/loaded";
import { Page } from "../shell/page";
import { AttentionBanner } from "./attention-banner";
import { LatestInvoices } from "./latest-invoices";
import { NextChargeCard } from "./next-charge-card";
import { PaymentMethodCard } from "./payment-method-card";
import { PlanCard } from "./plan-card";

export function OverviewPage() {
  const subscription = trpc.subscriptions.current.useQuery();
  const invoices = trpc.invoices.list.useQuery({ limit: 5 });
  return (
    <Page title="Overview">
      <div className="grid gap-6">
        <AttentionBanner subscription={subscription.data ?? null} invoices={invoices.data?.invoices ?? []} />
        <Loaded query={subscription} what="your plan" skeleton={<PlanSkeleton />}>
          {(current) =>
            current ? (
              <div className="grid gap-6 sm:grid-cols-2">
                <PlanCard subscription={current} />
                <NextChargeCard subscription={current} />
                <PaymentMethodCard subscription={current} />
              </div>
            ) : (
              <NoPlan />
            )
          }
        </Loaded>
        <LatestInvoices query={invoices} />
      </div>
    </Page>
  );
}

function NoPlan() {
  return (
    <Card>
      <EmptyState
        icon={Layers}
        title="You have no plan yet"
        action={
          <Button asChild variant="primary">
            <Link to="/plans">Choose a plan</Link>
          </Button>
        }
      >
        Compare the plans and start with the one that fits. You can begin for free.
      </EmptyState>
    </Card>
  );
}

function PlanSkeleton() {
  return (
    <div className="grid gap-6 sm:grid-cols-2">
      <Card className="sm:col-span-2">
        <CardContent className="grid gap-3">
          <Skeleton className="h-7 w-40" />
          <SkeletonText lines={1} />
        </CardContent>
      </Card>
      <Card>
        <CardContent>
          <SkeletonText lines={3} />
        </CardContent>
      </Card>
      <Card>
        <CardContent>
          <SkeletonText lines={3} />
        </CardContent>
      </Card>
    </div>
  );
}
