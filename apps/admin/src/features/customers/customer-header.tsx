import { CopyButton, IdText } from "@farebox/ui/copy-button";
import { DateTime } from "@farebox/ui/date-time";
import { TextLink } from "@farebox/ui/link";
import { Money } from "@farebox/ui/money";
import { PageHeader } from "@farebox/ui/page-header";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { CustomerDetail } from "../../lib/views";
import { Status } from "../console/status";

export function CustomerHeader({ customer }: { customer: CustomerDetail }) {
  return (
    <>
      <PageHeader
        back={
          <TextLink asChild>
            <Link to="/customers">Customers</Link>
          </TextLink>
        }
        title={customer.name || customer.email}
        status={<Status of="subscription" status={customer.subscription?.status ?? "none"} />}
      />
      <dl className="mb-4 flex flex-wrap gap-x-8 gap-y-3">
        <Fact term="MRR">{customer.mrr ? <Money {...customer.mrr} /> : "None"}</Fact>
        <Fact term="Balance">
          <Balance amount={customer.balance} currency={customer.currency} />
        </Fact>
        <Fact term="Email">
          <span className="inline-flex min-w-0 items-center gap-1">
            <span className="truncate">{customer.email}</span>
            <CopyButton text={customer.email} label={`Copy: ${customer.email}`} />
          </span>
        </Fact>
        <Fact term="Customer since">
          <DateTime value={customer.createdAt} />
        </Fact>
        <Fact term="Farebox id">
          <IdText id={customer.id} />
        </Fact>
        <Fact term="Stripe id">
          {customer.stripeCustomerId ? <IdText id={customer.stripeCustomerId} /> : "Not at Stripe yet"}
        </Fact>
      </dl>
    </>
  );
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="min-w-0 max-w-full">
      <dt className="text-quiet text-xs">{term}</dt>
      <dd className="flex h-6 items-center font-medium text-cell tabular-nums">{children}</dd>
    </div>
  );
}

/** Stripe counts what the customer owes as positive and credit as negative. */
function Balance({ amount, currency }: { amount: number; currency: string | null }) {
  if (amount === 0 || !currency) return "None";
  return (
    <span>
      <Money amount={Math.abs(amount)} currency={currency} /> {amount < 0 ? "in credit" : "owed"}
    </span>
  );
}
