import type { BrowserConfig, PaymentMethodsView } from "@farebox/billing";
import { Card, CardContent } from "@farebox/ui/card";
import { Checkbox } from "@farebox/ui/checkbox";
import { ErrorState } from "@farebox/ui/error-state";
import { useFormatMoney } from "@farebox/ui/money";
import { Skeleton } from "@farebox/ui/skeleton";
import type { Stripe, StripeElements } from "@stripe/stripe-js";
import { useState } from "react";
import { failureOf, isSignedOut } from "../../lib/failure";
import { queries, trpcClient } from "../../lib/trpc";
import { CardForm } from "../payments/card-form";
import { type ConfirmOutcome, checkFields, confirmIntent } from "../payments/confirm-intent";
import { useStripeJs } from "../payments/use-stripe-js";
import { openSetup, rememberSetup } from "./card-setup";

interface AddCardFormProps {
  config: BrowserConfig;
  customerId: string;
  view: PaymentMethodsView;
  onConfirmed: () => void;
}

/** Nothing is asked of the bank before the button: the form is opened at Stripe with it. */
export function AddCardForm({ config, customerId, view, onConfirmed }: AddCardFormProps) {
  const stripe = useStripeJs(config);
  const format = useFormatMoney();
  const isFirst = view.cards.length === 0;
  const [chosen, setChosen] = useState(isFirst || view.unpaid.length > 0);
  const makeDefault = chosen || isFirst;
  const due = view.unpaid.map(({ amount, currency }) => format(amount, currency)).join(" and ");
  const paysNow = makeDefault && due !== "";

  async function save(js: Stripe, elements: StripeElements): Promise<ConfirmOutcome> {
    const incomplete = await checkFields(elements);
    if (incomplete) return incomplete;
    const operationId = openSetup(customerId)?.operationId ?? crypto.randomUUID();
    try {
      const { clientSecret, status } = await trpcClient.paymentMethods.add.mutate({ operationId });
      rememberSetup(customerId, { operationId, makeDefault });
      if (status === "succeeded") return { confirmed: true };
      return await confirmIntent(js, elements, { kind: "setup", clientSecret }, "/payment-methods/add");
    } catch (error) {
      if (isSignedOut(error)) void queries.session.get.invalidate();
      return { confirmed: false, message: failureOf(error).message, inFields: false };
    }
  }

  if (stripe.error) {
    return (
      <Card className="max-w-xl">
        <ErrorState
          title="We could not load the card form."
          unchanged="Nothing was saved."
          next="Check your connection and try again."
          onRetry={() => void stripe.refetch()}
        />
      </Card>
    );
  }
  return (
    <Card className="max-w-xl">
      <CardContent>
        {stripe.data ? (
          <CardForm
            stripe={stripe.data}
            clientSecret={null}
            deferred="setup"
            currency="usd"
            submitLabel={paysNow ? `Save the card and pay ${due} now` : "Save the card"}
            confirm={save}
            onConfirmed={onConfirmed}
          >
            <div className="grid gap-4">
              {isFirst ? null : (
                <Checkbox
                  label="Make it my default card"
                  description={due ? `What is due, ${due}, is taken from it at once.` : undefined}
                  checked={chosen}
                  onChange={(event) => setChosen(event.currentTarget.checked)}
                />
              )}
              <p className="text-quiet text-sm">
                {paysNow
                  ? `Your bank confirms the card, then ${due} is paid with it.`
                  : "Your bank confirms the card. Nothing is charged now."}
              </p>
            </div>
          </CardForm>
        ) : (
          <Skeleton className="h-72" />
        )}
      </CardContent>
    </Card>
  );
}
