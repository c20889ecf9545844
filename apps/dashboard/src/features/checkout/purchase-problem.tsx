import { Button } from "@farebox/ui/button";
import { Card } from "@farebox/ui/card";
import { ErrorState } from "@farebox/ui/error-state";
import { Link } from "@tanstack/react-router";
import { failureOf } from "../../lib/failure";
import { Outcome } from "./outcome";

interface PurchaseProblemProps {
  error: unknown;
  /** Asks the same purchase again. */
  retry: () => unknown;
  /** Makes it a new purchase. */
  startOver: () => void;
}

/** Why a purchase could not be opened. A refusal before the card form never charges anything. */
export function PurchaseProblem({ error, retry, startOver }: PurchaseProblemProps) {
  const { reason, message, requestId } = failureOf(error);
  switch (reason) {
    case "already_subscribed":
      return (
        <Outcome tone="info" title="You already have a plan" actions={<ToOverview />}>
          Nothing more was charged. It may have been started in another window or by a colleague.
        </Outcome>
      );
    case "operation_reused":
      return (
        <Outcome
          tone="warning"
          title="This purchase was changed in the meantime"
          actions={<Again act={startOver} />}
        >
          Nothing was charged. Start again with the plan you want now.
        </Outcome>
      );
    case "price_not_available":
      return <NotOffered />;
    case "role_not_allowed":
      return <MayNotBuy />;
    case null:
    case "internal":
    case "outcome_unknown":
    case "purchase_in_progress":
    case "customer_not_ready":
    case "too_many_attempts":
      return (
        <Card>
          <ErrorState
            title="We could not open the checkout."
            unchanged="Nothing was charged."
            next={
              reason === null ? message : "Try again; it stays the same purchase and is paid at most once."
            }
            requestId={requestId ?? undefined}
            onRetry={() => void retry()}
          />
        </Card>
      );
    default:
      return (
        <Outcome tone="warning" title="This purchase could not be opened" actions={<Again act={startOver} />}>
          {message} Nothing was charged.
        </Outcome>
      );
  }
}

export function NotOffered() {
  return (
    <Outcome
      tone="info"
      title="This price is no longer offered"
      actions={
        <Button asChild variant="primary">
          <Link to="/plans">See the plans</Link>
        </Button>
      }
    >
      Nothing was charged. The plans page shows what you can choose today.
    </Outcome>
  );
}

export function MayNotBuy() {
  return (
    <Outcome tone="info" title="Your role can look but not buy" actions={<ToOverview />}>
      Ask an owner or a billing member of your account to choose the plan.
    </Outcome>
  );
}

export function ClosedPurchase({ startOver }: { startOver: () => void }) {
  return (
    <Outcome tone="info" title="This purchase was closed" actions={<Again act={startOver} />}>
      It was not completed in time, so nothing was charged.
    </Outcome>
  );
}

export function ToOverview() {
  return (
    <Button asChild variant="primary">
      <Link to="/">Go to the overview</Link>
    </Button>
  );
}

const Again = ({ act }: { act: () => void }) => (
  <Button variant="primary" onClick={act}>
    Start again
  </Button>
);
