import type { CardView, PaymentMethodsView } from "@farebox/billing";
import { useFormatMoney } from "@farebox/ui/money";
import { toast } from "@farebox/ui/toast";
import { failureOf } from "../../lib/failure";
import { queries, trpc } from "../../lib/trpc";
import { useOperationId } from "../../lib/use-operation-id";
import { cardName } from "./card-text";
import { tellRetried } from "./tell-retried";

/** Shown at once where no money moves; put back, with the reason, when it is refused. */
export function useMakeDefault({ unpaid }: Pick<PaymentMethodsView, "unpaid">) {
  const utils = trpc.useUtils();
  const format = useFormatMoney();
  const [operationId, nextOperation] = useOperationId();
  const mutation = trpc.paymentMethods.setDefault.useMutation();

  async function makeDefault(card: CardView): Promise<string | null> {
    await utils.paymentMethods.list.cancel();
    const before = utils.paymentMethods.list.getData();
    if (before && unpaid.length === 0)
      utils.paymentMethods.list.setData(undefined, withDefault(before, card.id));
    try {
      const { retried } = await mutation.mutateAsync({ operationId, paymentMethodId: card.id });
      if (retried.length > 0) tellRetried(retried, format);
      else toast.success(`${cardName(card)} pays from now on.`);
      return null;
    } catch (error) {
      if (before) utils.paymentMethods.list.setData(undefined, before);
      return failureOf(error).message;
    } finally {
      nextOperation();
      void queries.paymentMethods.invalidate();
      void queries.subscriptions.invalidate();
      void queries.invoices.invalidate();
    }
  }

  return { makeDefault, isPending: mutation.isPending };
}

const withDefault = (view: PaymentMethodsView, id: string): PaymentMethodsView => ({
  ...view,
  cards: view.cards
    .map((card) => ({ ...card, isDefault: card.id === id }))
    .sort((a, b) => Number(b.isDefault) - Number(a.isDefault)),
});
