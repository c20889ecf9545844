import type { MemberSession, SubscriptionView } from "@farebox/billing";
import { Button } from "@farebox/ui/button";
import { Skeleton } from "@farebox/ui/skeleton";
import { getRouteApi, Link } from "@tanstack/react-router";
import { trpc } from "../../lib/trpc";
import { Loaded } from "../shell/loaded";
import { Page } from "../shell/page";
import { isLive } from "../subscriptions/rules";
import { TestMode } from "./checkout-page";
import { Confirming } from "./confirming";
import { Outcome } from "./outcome";
import { PlanStarted } from "./plan-started";
import { ToOverview } from "./purchase-problem";
import { returnStep } from "./return-step";
import { checkoutSearch } from "./search";

const route = getRouteApi("/signed-in/checkout/return");
const askAgainMs = 2_000;

/** Where a bank that took over the whole page sends the customer back to. */
export function CheckoutReturnPage() {
  const config = trpc.config.get.useQuery();
  const current = trpc.subscriptions.current.useQuery();
  const session = trpc.session.get.useQuery();
  return (
    <Page title="Your payment" status={config.data?.sandbox ? <TestMode /> : null}>
      <Loaded query={current} what="your plan" skeleton={<Skeleton className="h-64" />}>
        {(subscription) => (
          <Loaded query={session} what="your account" skeleton={<Skeleton className="h-64" />}>
            {(account) => <Result current={subscription} session={account} />}
          </Loaded>
        )}
      </Loaded>
    </Page>
  );
}

interface ResultProps {
  current: SubscriptionView | null;
  session: MemberSession;
}

function Result({ current, session }: ResultProps) {
  const search = route.useSearch();
  const intentId = search.payment_intent ?? search.setup_intent ?? "";
  const status = trpc.payments.status.useQuery(
    { paymentIntentId: intentId },
    {
      enabled: intentId !== "",
      refetchInterval: ({ state }) =>
        state.data?.status === "succeeded" && isStarted(current) ? false : askAgainMs,
    },
  );
  const step = returnStep({ search, payment: status.data ?? null });
  if (step === "done" && isStarted(current)) {
    return <PlanStarted subscription={current} customerId={session.customer.id} />;
  }
  if (step === "nothing") {
    return (
      <Outcome tone="info" title="There is nothing to confirm" actions={<ToOverview />}>
        The overview shows your plan and your payments.
      </Outcome>
    );
  }
  if (step === "failed") return <Failed current={current} />;
  return <Confirming what={search.payment_intent ? "payment" : "setup"} />;
}

const isStarted = (current: SubscriptionView | null): current is SubscriptionView =>
  current !== null && isLive(current);

function Failed({ current }: Pick<ResultProps, "current">) {
  const search = current?.planId
    ? checkoutSearch({ plan: current.planId, interval: current.interval, currency: current.price?.currency })
    : null;
  return (
    <Outcome
      tone="warning"
      title="The payment was not completed"
      actions={
        <Button asChild variant="primary">
          {search ? (
            <Link to="/checkout" search={search}>
              Try again
            </Link>
          ) : (
            <Link to="/plans">See the plans</Link>
          )}
        </Button>
      }
    >
      Your bank could not confirm it, so nothing was charged. Try again or use another card.
    </Outcome>
  );
}
