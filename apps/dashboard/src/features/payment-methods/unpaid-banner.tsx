import type { UnpaidInvoice } from "@farebox/billing";
import { Banner } from "@farebox/ui/banner";
import { Button } from "@farebox/ui/button";
import { useFormatMoney } from "@farebox/ui/money";
import { Link } from "@tanstack/react-router";

export function UnpaidBanner({ unpaid }: { unpaid: readonly UnpaidInvoice[] }) {
  const format = useFormatMoney();
  const [first] = unpaid;
  if (!first) return null;
  return (
    <Banner
      tone="danger"
      title={`${format(first.amount, first.currency)} could not be taken from your card`}
      action={
        <Button asChild>
          <Link to="/invoices/$invoiceId" params={{ invoiceId: first.id }}>
            See the invoice
          </Link>
        </Button>
      }
    >
      Add another card or make one the default: it pays at once.
    </Banner>
  );
}
