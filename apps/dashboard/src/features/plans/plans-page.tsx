import type { MemberSession, PlanView, SubscriptionView } from "@farebox/billing";
import { Banner } from "@farebox/ui/banner";
import { Skeleton } from "@farebox/ui/skeleton";
import { getRouteApi } from "@tanstack/react-router";
import { trpc } from "../../lib/trpc";
import { mayPurchase } from "../account/rules";
import { Loaded } from "../shell/loaded";
import { Page } from "../shell/page";
import { PlanCard } from "./plan-card";
import { PriceChoice } from "./price-choice";
import { allFeatures, openingChoice, planStanding } from "./rules";

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
  const choice = openingChoice(search, session.customer.currency, current);
  const mayBuy = mayPurchase(session.member.role);
  const features = allFeatures(plans);
  const standings = plans.map((plan) => planStanding(plan.id, current));
  return (
    <>
      <PriceChoice plans={plans} choice={choice} />
      {standings.includes("blocked") ? (
        <Banner className="mb-6" title={`You are on ${current?.planName}`}>
          Plans cannot be changed here yet. Write to our support, who can move you to another one.
        </Banner>
      ) : mayBuy ? null : (
        <Banner className="mb-6" title="Your role in this account can look but not buy.">
          Ask an owner or a billing member of {session.customer.name}.
        </Banner>
      )}
      <ul className="grid gap-6 lg:grid-cols-3">
        {plans.map((plan, index) => (
          <PlanCard
            key={plan.id}
            plan={plan}
            standing={standings[index] ?? "open"}
            choice={choice}
            features={features}
            mayBuy={mayBuy}
          />
        ))}
      </ul>
    </>
  );
}

function PlansSkeleton() {
  return (
    <div className="grid gap-6 lg:grid-cols-3">
      <Skeleton className="h-10 w-48 rounded-md lg:col-span-3" />
      <Skeleton className="h-96 rounded-lg" />
      <Skeleton className="h-96 rounded-lg" />
      <Skeleton className="h-96 rounded-lg" />
    </div>
  );
}
