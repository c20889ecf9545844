import type { BrowserConfig, PaymentMethodsView } from "@farebox/billing";
import { Button } from "@farebox/ui/button";
import { Card, CardContent } from "@farebox/ui/card";
import { ErrorState } from "@farebox/ui/error-state";
import { TextLink } from "@farebox/ui/link";
import { Skeleton } from "@farebox/ui/skeleton";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { failureOf } from "../../lib/failure";
import { trpc } from "../../lib/trpc";
import { mayPurchase } from "../account/rules";
import { Outcome } from "../checkout/outcome";
import { Loaded } from "../shell/loaded";
import { Page } from "../shell/page";
import { AddCardForm } from "./add-card-form";
import { openSetup } from "./card-setup";
import { useFinishCard } from "./use-finish-card";

export function AddCardPage() {
  const config = trpc.config.get.useQuery();
  const session = trpc.session.get.useQuery();
  const methods = trpc.paymentMethods.list.useQuery();
  const skeleton = <Skeleton className="h-96 max-w-xl" />;
  return (
    <Page
      title="Add a card"
      back={
        <TextLink asChild>
          <Link to="/payment-methods">Payment methods</Link>
        </TextLink>
      }
    >
      <Loaded query={session} what="your account" skeleton={skeleton}>
        {({ member, customer }) =>
          mayPurchase(member.role) ? (
            <Loaded query={config} what="the card form" skeleton={skeleton}>
              {(browser) => (
                <Loaded query={methods} what="your cards" skeleton={skeleton}>
                  {(view) => <Adding config={browser} customerId={customer.id} view={view} />}
                </Loaded>
              )}
            </Loaded>
          ) : (
            <MayNotAdd />
          )
        }
      </Loaded>
    </Page>
  );
}

interface AddingProps {
  config: BrowserConfig;
  customerId: string;
  view: PaymentMethodsView;
}

/** A form that was sent before a reload is asked about first: a card that the bank has confirmed is not asked for again. */
function Adding({ config, customerId, view }: AddingProps) {
  const [sent, setSent] = useState(() => openSetup(customerId) !== null);
  if (sent) return <Finishing customerId={customerId} goOn={() => setSent(false)} />;
  return (
    <AddCardForm config={config} customerId={customerId} view={view} onConfirmed={() => setSent(true)} />
  );
}

function Finishing({ customerId, goOn }: { customerId: string; goOn: () => void }) {
  const finishing = useFinishCard({ customerId, goOn });
  if (finishing.error) {
    return (
      <Card className="max-w-xl">
        <ErrorState
          title="We could not look up your card."
          unchanged="You do not need to type it again."
          next={failureOf(finishing.error).message}
          requestId={failureOf(finishing.error).requestId ?? undefined}
          retrying={finishing.isFetching}
          onRetry={() => void finishing.refetch()}
        />
      </Card>
    );
  }
  return (
    <Outcome tone="waiting" title="We are saving your card">
      This takes a moment.
    </Outcome>
  );
}

const MayNotAdd = () => (
  <Card className="max-w-xl">
    <CardContent className="grid justify-items-start gap-4">
      <p>Your role can look but not add cards. Ask an owner or a billing member of your account.</p>
      <Button asChild>
        <Link to="/payment-methods">See the cards</Link>
      </Button>
    </CardContent>
  </Card>
);
