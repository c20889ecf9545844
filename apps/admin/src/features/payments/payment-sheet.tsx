import type { PaymentView } from "@farebox/billing";
import { Banner } from "@farebox/ui/banner";
import { IdText } from "@farebox/ui/copy-button";
import { DateTime } from "@farebox/ui/date-time";
import { Description, DescriptionList } from "@farebox/ui/description-list";
import { Money } from "@farebox/ui/money";
import { Sheet } from "@farebox/ui/sheet";
import { cardText } from "../../lib/card-text";
import { Status } from "../console/status";
import { failureText } from "./failure-text";

interface PaymentSheetProps {
  payment: PaymentView;
  onClose: () => void;
}

export function PaymentSheet({ payment, onClose }: PaymentSheetProps) {
  const failure = failureText(payment);
  return (
    <Sheet
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title="Payment"
      actions={<Status of="payment" status={payment.status} />}
    >
      {failure ? (
        <Banner tone="danger" title={failure} className="mb-4">
          {payment.failureMessage && payment.failureMessage !== failure ? (
            <p className="text-quiet">Stripe says: {payment.failureMessage}</p>
          ) : null}
        </Banner>
      ) : null}
      <DescriptionList>
        <Description term="Amount" strong>
          <Money amount={payment.amount} currency={payment.currency} />
        </Description>
        {payment.amountRefunded > 0 ? (
          <Description term="Refunded">
            <Money amount={-payment.amountRefunded} currency={payment.currency} />
          </Description>
        ) : null}
        <Description term="Card">{payment.card ? cardText(payment.card) : "None yet"}</Description>
        <Description term="Created">
          <DateTime value={payment.createdAt} style="deadline" />
        </Description>
        {payment.failureCode ? (
          <Description term="Decline code">
            <code className="font-mono text-cell">{payment.failureCode}</code>
          </Description>
        ) : null}
        <Description term="Stripe id">
          <IdText id={payment.id} />
        </Description>
      </DescriptionList>
    </Sheet>
  );
}
