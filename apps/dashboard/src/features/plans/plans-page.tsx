import type { Currency, Interval, MemberSession, PlanView, SubscriptionView } from "@farebox/billing";
import { Banner } from "@farebox/ui/banner";
import { Button } from "@farebox/ui/button";
import { Skeleton } from "@farebox/ui/skeleton";
import { getRouteApi } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { trpc } from "../../lib/trpc";
import { mayPurchase } from "../account/rules";
import { PlanNotices } from "../plan-change/notices";
import { Loaded } from "../shell/loaded";
import { Page } from "../shell/page";
import { isLive } from "../subscriptions/rules";
import { PlanCard } from "./plan-card";
import { PriceChoice } from "./price-choice";
import { allFeatures, offersChange, openingChoice, planStanding, shownPrice } from "./rules";

const ChangePlanDialog = lazy(() =>
  import("../plan-change/change-plan-dialog").then((module) => ({ default: module.ChangePlanDialog })),
);
const CancelDialog = lazy(() =>
  import("../plan-change/cancel-dialog").then((module) => ({ default: module.CancelDialog })),
);

const route = getRouteApi("/signed-in/plans");

export function PlansPage() {
  const plans = trpc.plans.list.useQuery();
  const current = trpc.subscriptions.current.useQuery();
  const session = trpc.session.get.useQuery();
  return (
    <Page title="Plans" description="Prices are before tax.">
      <Loaded query={plans} what="the plans" skeleton={<PlansSkeleton />}>
        {(list) => (
          <Loaded query={current} what="your plan" skeleton={<PlansSkeleton />}>
            {(subscription) => (
              <Loaded query={session} what="your account" skeleton={<PlansSkeleton />}>
                {(account) => <PlanChoice plans={list} current={subscription} session={account} />}
              </Loaded>
            )}
          </Loaded>
        )}
      </Loaded>
    </Page>
  );
}

interface PlanChoiceProps {
  plans: readonly PlanView[];
  current: SubscriptionView | null;
  session: MemberSession;
}

function PlanChoice({ plans, current, session }: PlanChoiceProps) {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const choice = openingChoice(search, session.customer.currency, current);
  const mayBuy = mayPurchase(session.member.role);
  const features = allFeatures(plans);
  const ask = (change?: string, seats?: number) =>
    void navigate({
      search: { interval: choice.interval, currency: choice.currency, change, seats },
      resetScroll: false,
    });
  return (
    <>
      {current ? <PlanNotices current={current} mayChange={mayBuy} /> : null}
      <PriceChoice plans={plans} choice={choice} />
      {mayBuy ? null : (
        <Banner className="mb-6" title="Your role in this account can look but not buy.">
          Ask an owner or a billing member of {session.customer.name}.
        </Banner>
      )}
      <ul className={planGrid}>
        {plans.map((plan) => {
          const standing = planStanding(plan.id, current);
          const price = shownPrice(plan, choice.interval, choice.currency);
          return (
            <PlanCard
              key={plan.id}
              plan={plan}
              standing={standing}
              choice={choice}
              features={features}
              mayBuy={mayBuy}
              heldSeats={standing === "current" ? current?.quantity : undefined}
              otherInterval={price?.interval !== current?.interval}
              onChange={
                mayBuy && offersChange(plan, standing, price, current) ? (seats) => ask(plan.id, seats) : null
              }
            />
          );
        })}
      </ul>
      {current && mayBuy ? <Leaving current={current} plans={plans} /> : null}
      <Suspense>
        <AskedChange plans={plans} choice={choice} current={current} onClose={() => ask()} />
      </Suspense>
    </>
  );
}

interface AskedChangeProps {
  plans: readonly PlanView[];
  choice: { interval: Interval; currency: Currency };
  current: SubscriptionView | null;
  onClose: () => void;
}

/** The change is in the address, so that a link opens its quote and a reload keeps it. */
function AskedChange({ plans, choice, current, onClose }: AskedChangeProps) {
  const { change, seats } = route.useSearch();
  const plan = plans.find(({ id }) => id === change);
  const price = plan ? shownPrice(plan, choice.interval, choice.currency) : null;
  if (!plan || !price || !current || !isLive(current)) return null;
  return (
    <ChangePlanDialog
      target={{ planId: plan.id, interval: price.interval, ...(plan.seats && seats ? { seats } : {}) }}
      planName={plan.name}
      onClose={onClose}
    />
  );
}

function Leaving({ current, plans }: { current: SubscriptionView; plans: readonly PlanView[] }) {
  const [asked, setAsked] = useState(false);
  if (!isLive(current) || current.cancelAt) return null;
  const features = plans.find(({ id }) => id === current.planId)?.features ?? [];
  return (
    <div className="mt-8 border-t pt-6">
      <Button variant="link" onClick={() => setAsked(true)}>
        Cancel {current.planName}
      </Button>
      <Suspense>
        {asked ? (
          <CancelDialog current={current} features={features} onClose={() => setAsked(false)} />
        ) : null}
      </Suspense>
    </div>
  );
}

/** Three in a row; two that are left over share the last one. */
const planGrid = `grid gap-6 md:grid-cols-2 xl:grid-cols-6 xl:[&>li]:col-span-2
  xl:[&>li:nth-child(3n+1):nth-last-child(2)]:col-span-3 xl:[&>li:nth-child(3n+2):last-child]:col-span-3`;

function PlansSkeleton() {
  return (
    <div className="grid gap-6 md:grid-cols-2 xl:grid-cols-3">
      <Skeleton className="h-10 w-48 rounded-md md:col-span-2 xl:col-span-3" />
      <Skeleton className="h-96 rounded-lg" />
      <Skeleton className="h-96 rounded-lg" />
      <Skeleton className="h-96 rounded-lg" />
    </div>
  );
}
