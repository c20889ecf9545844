import type { Stripe, StripeElements } from "@stripe/stripe-js";
import { useState } from "react";
import { failureOf, isSignedOut } from "../../lib/failure";
import { queries, trpcClient } from "../../lib/trpc";
import { CardForm } from "../payments/card-form";
import { type ConfirmOutcome, checkFields, confirmIntent } from "../payments/confirm-intent";
import { useStripeJs } from "../payments/use-stripe-js";
import { useSay } from "../subscriptions/use-say";
import { Confirming } from "./confirming";
import { consequence, submitLabel } from "./consequence";
import { dueToday } from "./due-today";
import { openOperation } from "./operation-id";
import { PaidPurchase, type PaidPurchaseProps } from "./paid-purchase";
import { PurchaseFrame } from "./purchase-frame";
import { PurchaseProblem } from "./purchase-problem";

/** Looking at a trial must not start it: it is opened with the button, when the card is complete. */
export function TrialPurchase(props: PaidPurchaseProps) {
  const [opened, setOpened] = useState(props.trial !== null);
  if (opened) return <PaidPurchase {...props} />;
  return <NewTrial {...props} goOn={() => setOpened(true)} />;
}

type NewTrialProps = PaidPurchaseProps & {
  /** To what was opened: when it is no trial, or when it could not be opened. */
  goOn: () => void;
};

function NewTrial({ purchase, plan, price, config, goOn }: NewTrialProps) {
  const stripe = useStripeJs(config);
  const [confirmed, setConfirmed] = useState(false);
  const say = useSay();
  if (confirmed) return <Confirming what="setup" />;
  if (stripe.error) {
    return <PurchaseProblem error={stripe.error} retry={stripe.refetch} startOver={stripe.refetch} />;
  }

  async function startAndConfirm(js: Stripe, elements: StripeElements): Promise<ConfirmOutcome> {
    const incomplete = await checkFields(elements);
    if (incomplete) return incomplete;
    const { interval, currency, seats } = purchase;
    const operationId = openOperation(purchase);
    try {
      const input = { operationId, planId: plan.id, interval, currency, seats };
      const { confirmation } = await trpcClient.subscriptions.create.mutate(input);
      if (confirmation.kind === "setup") return await confirmIntent(js, elements, confirmation);
    } catch (error) {
      if (isSignedOut(error)) void queries.session.get.invalidate();
      const { reason, message } = failureOf(error);
      if (reason === null) return { confirmed: false, message, inFields: false };
    }
    goOn();
    return { confirmed: false, message: "Nothing was charged.", inFields: false };
  }

  const due = dueToday(plan, price, null, say.now);
  return (
    <PurchaseFrame plan={plan} price={price} purchase={purchase} due={due}>
      {stripe.data ? (
        <CardForm
          stripe={stripe.data}
          clientSecret={null}
          currency={purchase.currency}
          submitLabel={submitLabel(due, plan, null, say)}
          confirm={startAndConfirm}
          onConfirmed={() => setConfirmed(true)}
        >
          <p className="text-quiet text-sm">{consequence(due, price, purchase.interval, say)}</p>
        </CardForm>
      ) : null}
    </PurchaseFrame>
  );
}
