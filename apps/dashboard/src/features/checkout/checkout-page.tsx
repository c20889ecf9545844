import type { BrowserConfig, MemberSession, PlanView, SubscriptionView } from "@farebox/billing";
import { Badge } from "@farebox/ui/badge";
import { Button } from "@farebox/ui/button";
import { TextLink } from "@farebox/ui/link";
import { Skeleton } from "@farebox/ui/skeleton";
import { getRouteApi, Link } from "@tanstack/react-router";
import { ChevronLeft } from "lucide-react";
import { trpc } from "../../lib/trpc";
import { Loaded } from "../shell/loaded";
import { Page } from "../shell/page";
import { FreePurchase } from "./free-purchase";
import { Outcome } from "./outcome";
import { PaidPurchase } from "./paid-purchase";
import { PlanStarted } from "./plan-started";
import { MayNotBuy, NotOffered, ToOverview } from "./purchase-problem";
import { checkoutStep, offersTrial } from "./step";
import { TrialPurchase } from "./trial-purchase";

const route = getRouteApi("/signed-in/checkout");

export function CheckoutPage() {
  const plans = trpc.plans.list.useQuery();
  const config = trpc.config.get.useQuery();
  const current = trpc.subscriptions.current.useQuery();
  const session = trpc.session.get.useQuery();
  const first = [plans, config, current, session].find((query) => query.data === undefined) ?? plans;
  return (
    <Page
      title="Checkout"
      status={config.data?.sandbox ? <TestMode /> : null}
      back={
        <TextLink asChild className="inline-flex items-center gap-1">
          <Link to="/plans">
            <ChevronLeft aria-hidden className="size-4" />
            Plans
          </Link>
        </TextLink>
      }
    >
      <Loaded query={first} what="the checkout" skeleton={<Skeleton className="h-96" />}>
        {() =>
          plans.data && config.data && current.data !== undefined && session.data ? (
            <Step plans={plans.data} config={config.data} current={current.data} session={session.data} />
          ) : null
        }
      </Loaded>
    </Page>
  );
}

export function TestMode() {
  return (
    <Badge tone="warning" title="No real money moves here. Pay with a test card.">
      Test mode
    </Badge>
  );
}

interface StepProps {
  plans: readonly PlanView[];
  config: BrowserConfig;
  current: SubscriptionView | null;
  session: MemberSession;
}

function Step({ plans, config, current, session }: StepProps) {
  const search = route.useSearch();
  const step = checkoutStep({ search, plans, current, session });
  const customerId = session.customer.id;
  switch (step.kind) {
    case "unknown_plan":
    case "not_offered":
      return <NotOffered />;
    case "done":
      return <PlanStarted subscription={step.subscription} customerId={customerId} />;
    case "other_plan":
      return (
        <Outcome
          tone="info"
          title={`You already have ${step.subscription.planName}`}
          actions={<ToOverview />}
        >
          Nothing was charged. An account has one plan at a time, and it cannot be changed here yet. Write to
          our support, who can move you to another one.
        </Outcome>
      );
    case "may_not_buy":
      return <MayNotBuy />;
    case "other_currency":
      return (
        <Outcome
          tone="info"
          title={`Your account pays in ${step.currency.toUpperCase()}`}
          actions={
            <Button asChild variant="primary">
              <Link to="/checkout" search={{ ...search, currency: step.currency }}>
                Continue in {step.currency.toUpperCase()}
              </Link>
            </Button>
          }
        >
          The first payment fixed the currency, so this plan is paid in it too.
        </Outcome>
      );
    default: {
      const purchase = { ...search, plan: step.plan.id, seats: step.seats, customerId };
      const key = Object.values(purchase).join(" ");
      if (step.kind === "cardless") {
        return <FreePurchase key={key} purchase={purchase} plan={step.plan} price={step.price} />;
      }
      const trial = current?.status === "trialing" ? current : null;
      const Kind = offersTrial(step.plan, current) ? TrialPurchase : PaidPurchase;
      return (
        <Kind
          key={key}
          purchase={purchase}
          plan={step.plan}
          price={step.price}
          config={config}
          trial={trial}
        />
      );
    }
  }
}
