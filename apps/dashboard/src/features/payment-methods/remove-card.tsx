import type { CardView } from "@farebox/billing";
import { Button } from "@farebox/ui/button";
import { ConfirmDialog } from "@farebox/ui/confirm-dialog";
import { Dialog } from "@farebox/ui/dialog";
import { toast } from "@farebox/ui/toast";
import { Link } from "@tanstack/react-router";
import { failureOf } from "../../lib/failure";
import { queries, trpc } from "../../lib/trpc";
import { useOperationId } from "../../lib/use-operation-id";
import { cardName } from "./card-text";

interface RemoveCardProps {
  card: CardView | null;
  onClose: () => void;
}

export function RemoveCard({ card, onClose }: RemoveCardProps) {
  if (card?.keptBecause) return <Kept card={card} message={card.keptBecause.message} onClose={onClose} />;
  return <Ask card={card} onClose={onClose} />;
}

function Ask({ card, onClose }: RemoveCardProps) {
  const [operationId, nextOperation] = useOperationId();
  const remove = trpc.paymentMethods.remove.useMutation();
  const name = card ? cardName(card) : "";

  async function confirm() {
    if (!card) return;
    try {
      await remove.mutateAsync({ operationId, paymentMethodId: card.id });
      await queries.paymentMethods.invalidate();
      toast.success(`${name} was removed.`);
      close();
    } catch {
      nextOperation();
      void queries.paymentMethods.invalidate();
    }
  }

  function close() {
    remove.reset();
    nextOperation();
    onClose();
  }

  return (
    <ConfirmDialog
      open={card !== null}
      onOpenChange={(open) => (open ? undefined : close())}
      title={`Remove ${name}?`}
      description="Nothing will be charged to it any more. To use it again you would type it again."
      confirmLabel="Remove the card"
      cancelLabel="Keep it"
      tone="danger"
      pending={remove.isPending}
      error={remove.error ? failureOf(remove.error).message : undefined}
      onConfirm={() => void confirm()}
    />
  );
}

function Kept({ card, message, onClose }: { card: CardView; message: string; onClose: () => void }) {
  const lastCard = card.keptBecause?.reason === "last_card";
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={`${cardName(card)} cannot be removed now`}
      description={message}
      footer={
        <>
          <Button onClick={onClose}>Close</Button>
          {lastCard ? (
            <Button asChild variant="primary">
              <Link to="/payment-methods/add">Add another card</Link>
            </Button>
          ) : null}
        </>
      }
    />
  );
}
