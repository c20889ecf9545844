import type { CustomerRow } from "@farebox/billing";
import { cn } from "@farebox/ui/class-names";
import { IdText } from "@farebox/ui/copy-button";
import { type Column, DataTable } from "@farebox/ui/data-table";
import { DateTime } from "@farebox/ui/date-time";
import { Money } from "@farebox/ui/money";
import { Link, useNavigate } from "@tanstack/react-router";
import { useRef } from "react";
import { Status } from "../console/status";
import { useRowKeys } from "../console/use-row-keys";
import { NoneMatch, NoneYet } from "./customers-empty";

interface CustomersTableProps {
  customers: readonly CustomerRow[] | undefined;
  /** What narrows the list: no rows then means no match. */
  narrowedBy: "search" | "status" | null;
  /** Rows of the question before, while the answer to this one is on its way. */
  stale: boolean;
}

export function CustomersTable({ customers, narrowedBy, stale }: CustomersTableProps) {
  const navigate = useNavigate();
  const region = useRef<HTMLDivElement>(null);
  useRowKeys(region);
  return (
    <div
      ref={region}
      aria-busy={stale || undefined}
      className={cn("transition-opacity", stale && "opacity-60")}
    >
      <DataTable
        caption="Customers, newest first"
        columns={columns}
        rows={customers}
        rowKey={(customer) => customer.id}
        onOpen={({ id }) => void navigate({ to: "/customers/$customerId", params: { customerId: id } })}
        empty={narrowedBy ? <NoneMatch searched={narrowedBy === "search"} /> : <NoneYet />}
        skeletonRows={20}
      />
    </div>
  );
}

const columns: Column<CustomerRow>[] = [
  {
    key: "customer",
    header: "Customer",
    lead: true,
    cell: (customer) => (
      <span className="flex min-w-0 flex-wrap items-baseline gap-x-2 sm:max-w-60 sm:flex-nowrap xl:max-w-md">
        <Link
          to="/customers/$customerId"
          params={{ customerId: customer.id }}
          tabIndex={-1}
          className="shrink-0 hover:underline"
        >
          {customer.name || customer.email}
        </Link>
        {customer.name ? (
          <span className="truncate font-normal text-cell text-quiet">{customer.email}</span>
        ) : null}
      </span>
    ),
  },
  { key: "plan", header: "Plan", cell: ({ subscription }) => planText(subscription) },
  {
    key: "status",
    header: "Status",
    cell: ({ subscription }) => <Status of="subscription" status={subscription?.status ?? "none"} />,
  },
  {
    key: "mrr",
    header: "MRR",
    end: true,
    cell: ({ mrr }) => (mrr ? <Money {...mrr} /> : <Nothing />),
  },
  {
    key: "currency",
    header: "Currency",
    className: "max-xl:hidden",
    cell: ({ currency }) => currency?.toUpperCase() ?? <Nothing />,
  },
  {
    key: "created",
    header: "Created",
    className: "sm:whitespace-nowrap",
    cell: ({ createdAt }) => <DateTime value={createdAt} />,
  },
  {
    key: "stripe",
    header: "Stripe id",
    cell: ({ stripeCustomerId }) =>
      stripeCustomerId ? <IdText id={stripeCustomerId} className="max-w-48" /> : <Nothing />,
  },
];

function planText(subscription: CustomerRow["subscription"]) {
  if (!subscription) return <Nothing />;
  const { planName, interval } = subscription;
  return (
    <span className="sm:whitespace-nowrap">
      {planName}
      {interval ? <span className="text-quiet">, {interval === "year" ? "yearly" : "monthly"}</span> : null}
    </span>
  );
}

const Nothing = () => <span className="text-quiet">–</span>;
