import type { CardView, PaymentMethodsView } from "@farebox/billing";
import { Button } from "@farebox/ui/button";
import { Card } from "@farebox/ui/card";
import { ConfirmDialog } from "@farebox/ui/confirm-dialog";
import { EmptyState } from "@farebox/ui/empty-state";
import { useFormatMoney } from "@farebox/ui/money";
import { Skeleton, SkeletonText } from "@farebox/ui/skeleton";
import { toast } from "@farebox/ui/toast";
import { Link } from "@tanstack/react-router";
import { CreditCard, Plus } from "lucide-react";
import { useState } from "react";
import { trpc } from "../../lib/trpc";
import { mayPurchase } from "../account/rules";
import { Loaded } from "../shell/loaded";
import { Page } from "../shell/page";
import { CardRow } from "./card-row";
import { cardName } from "./card-text";
import { RemoveCard } from "./remove-card";
import { UnpaidBanner } from "./unpaid-banner";
import { useMakeDefault } from "./use-make-default";

export function PaymentMethodsPage() {
  const methods = trpc.paymentMethods.list.useQuery();
  const session = trpc.session.get.useQuery();
  const mayChange = session.data ? mayPurchase(session.data.member.role) : false;
  const hasCards = (methods.data?.cards.length ?? 0) > 0;
  return (
    <Page
      title="Payment methods"
      description="The default card pays your plan and everything else."
      action={mayChange && hasCards ? <AddCard /> : null}
    >
      <Loaded query={methods} what="your cards" skeleton={<CardsSkeleton />}>
        {(view) => <Cards view={view} mayChange={mayChange} />}
      </Loaded>
      {session.data && !mayChange ? (
        <p className="mt-4 text-quiet text-sm">
          An owner or a billing member of your account can change these.
        </p>
      ) : null}
    </Page>
  );
}

const AddCard = () => (
  <Button asChild variant="primary">
    <Link to="/payment-methods/add">
      <Plus aria-hidden />
      Add a card
    </Link>
  </Button>
);

function Cards({ view, mayChange }: { view: PaymentMethodsView; mayChange: boolean }) {
  const { cards, unpaid } = view;
  const [removing, setRemoving] = useState<CardView | null>(null);
  const [paying, setPaying] = useState<CardView | null>(null);
  const { makeDefault } = useMakeDefault(view);

  async function change(card: CardView) {
    if (unpaid.length > 0) return setPaying(card);
    const problem = await makeDefault(card);
    if (problem) toast.error(`${cardName(card)} is not the default.`, { description: problem });
  }

  if (cards.length === 0) {
    return (
      <Card>
        <EmptyState icon={CreditCard} title="No card is saved" action={mayChange ? <AddCard /> : undefined}>
          A saved card pays your plan without you having to do anything.
        </EmptyState>
      </Card>
    );
  }
  return (
    <div className="grid gap-6">
      <UnpaidBanner unpaid={unpaid} />
      <Card aria-label="Saved cards">
        <ul className="divide-y">
          {cards.map((card) => (
            <CardRow
              key={card.id}
              card={card}
              mayChange={mayChange}
              onMakeDefault={() => void change(card)}
              onRemove={() => setRemoving(card)}
            />
          ))}
        </ul>
      </Card>
      <RemoveCard card={removing} onClose={() => setRemoving(null)} />
      <PayWith key={paying?.id ?? ""} card={paying} view={view} onClose={() => setPaying(null)} />
    </div>
  );
}

/** The new default card pays what is due: so the amount is said before, and on the button. */
function PayWith({
  card,
  view,
  onClose,
}: {
  card: CardView | null;
  view: PaymentMethodsView;
  onClose: () => void;
}) {
  const format = useFormatMoney();
  const { makeDefault, isPending } = useMakeDefault(view);
  const [problem, setProblem] = useState<string | null>(null);
  const total = view.unpaid.map(({ amount, currency }) => format(amount, currency)).join(" and ");

  async function pay() {
    if (!card) return;
    const refused = await makeDefault(card);
    if (refused) setProblem(refused);
    else onClose();
  }

  return (
    <ConfirmDialog
      open={card !== null}
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={`Pay ${total} with ${card ? cardName(card) : ""}?`}
      description="It becomes your default card, and the payment that is due is taken from it at once."
      confirmLabel={`Pay ${total} now`}
      pending={isPending}
      error={problem ?? undefined}
      onConfirm={() => void pay()}
    />
  );
}

const CardsSkeleton = () => (
  <Card>
    {["first", "second"].map((row) => (
      <div key={row} className="flex items-center gap-4 border-b px-6 py-4 last:border-b-0">
        <Skeleton className="h-8 w-12" />
        <div className="flex-1">
          <SkeletonText lines={2} />
        </div>
      </div>
    ))}
  </Card>
);
