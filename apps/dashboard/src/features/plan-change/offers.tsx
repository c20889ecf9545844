import type { RetentionOffer, SubscriptionView } from "@farebox/billing";
import { Banner } from "@farebox/ui/banner";
import { Button } from "@farebox/ui/button";
import { toast } from "@farebox/ui/toast";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { failureOf } from "../../lib/failure";
import { queries, trpc } from "../../lib/trpc";
import { useSay } from "../subscriptions/use-say";

/** Instead of leaving; each offer is for once, so what was taken before is not shown. */
export function Offers({ onClose }: { onClose: () => void }) {
  const offers = trpc.subscriptions.retentionOffers.useQuery(undefined, { staleTime: 0, retry: false });
  if (!offers.data?.length) return null;
  return (
    <ul aria-label="Instead of canceling" className="grid gap-3">
      {offers.data.map((offer) => (
        <li key={offer.kind}>
          <Offer offer={offer} onClose={onClose} />
        </li>
      ))}
    </ul>
  );
}

function Offer({ offer, onClose }: { offer: RetentionOffer; onClose: () => void }) {
  switch (offer.kind) {
    case "pause":
      return <PauseOffer onClose={onClose} />;
    case "coupon":
      return <DiscountOffer name={offer.name} onClose={onClose} />;
    case "downgrade":
      return (
        <Banner
          title={`Is ${offer.planName} enough?`}
          action={
            <Button asChild size="sm" onClick={onClose}>
              <Link to="/plans" search={{ change: offer.planId }}>
                See the change
              </Link>
            </Button>
          }
        >
          A smaller plan from the next period on.
        </Banner>
      );
  }
}

function useAccepted(onClose: () => void, words: (view: SubscriptionView) => string) {
  const [operationId] = useState(() => crypto.randomUUID());
  return {
    operationId,
    handlers: {
      onSuccess(view: SubscriptionView | null) {
        queries.subscriptions.current.setData(undefined, view);
        onClose();
        if (view) toast.success(words(view));
      },
      onError: (error: unknown) =>
        void toast.error("This was not changed", { description: failureOf(error).message }),
    },
  };
}

function PauseOffer({ onClose }: { onClose: () => void }) {
  const say = useSay();
  const { operationId, handlers } = useAccepted(onClose, ({ planName, paused }) =>
    paused?.until ? `${planName} is paused until ${say.date(paused.until)}` : `${planName} is paused`,
  );
  const pause = trpc.subscriptions.pause.useMutation(handlers);
  return (
    <Banner
      title="Only need a break?"
      action={
        <Button size="sm" pending={pause.isPending} onClick={() => pause.mutate({ operationId, months: 1 })}>
          Pause for a month
        </Button>
      }
    >
      Skip the next invoice. Your plan continues by itself afterwards.
    </Banner>
  );
}

function DiscountOffer({ name, onClose }: { name: string; onClose: () => void }) {
  const { operationId, handlers } = useAccepted(onClose, () => `${name}: it is taken off your next invoices`);
  const accept = trpc.subscriptions.acceptDiscount.useMutation(handlers);
  return (
    <Banner
      title={name}
      action={
        <Button size="sm" pending={accept.isPending} onClick={() => accept.mutate({ operationId })}>
          Take it and stay
        </Button>
      }
    >
      Stay, and pay less for a while.
    </Banner>
  );
}
