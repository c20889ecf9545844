import type { InvoiceDetail } from "@farebox/billing";
import { Button } from "@farebox/ui/button";
import { lazy, Suspense, useState } from "react";
import { trpc } from "../../lib/trpc";
import { mayPurchase } from "../account/rules";
import { useSay } from "../subscriptions/use-say";

// Card fields and Stripe.js come with the dialog, when somebody pays.
const PayDialog = lazy(() => import("./pay-dialog").then(({ PayDialog }) => ({ default: PayDialog })));

export const isPayable = ({ status, amountRemaining }: InvoiceDetail): boolean =>
  amountRemaining > 0 && (status === "open" || status === "uncollectible");

export function PayButton({ invoice }: { invoice: InvoiceDetail }) {
  const say = useSay();
  const session = trpc.session.get.useQuery();
  const [opened, setOpened] = useState(false);
  const [open, setOpen] = useState(false);
  const mayPay = session.data ? mayPurchase(session.data.member.role) : false;
  if (!opened && (!isPayable(invoice) || !mayPay)) return null;
  return (
    <>
      {isPayable(invoice) ? (
        <Button
          variant="primary"
          onClick={() => {
            setOpened(true);
            setOpen(true);
          }}
        >
          Pay {say.money(invoice.amountRemaining, invoice.currency)}
        </Button>
      ) : null}
      {opened ? (
        <Suspense fallback={null}>
          <PayDialog invoice={invoice} open={open} onOpenChange={setOpen} />
        </Suspense>
      ) : null}
    </>
  );
}
