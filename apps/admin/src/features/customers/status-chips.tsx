import { cn } from "@farebox/ui/class-names";
import { Link } from "@tanstack/react-router";
import { statusMeaning, subscriptionStatuses } from "../../lib/status-meanings";
import { type CustomersSearch, statusFilters } from "./customers-search";

export function StatusChips({ search }: { search: CustomersSearch }) {
  return (
    <nav aria-label="Filter by status" className="-mx-1 flex min-w-0 gap-1 overflow-x-auto p-1">
      <Chip search={search} status={undefined} label="All" />
      {statusFilters.map((status) => (
        <Chip
          key={status}
          search={search}
          status={status}
          label={statusMeaning(subscriptionStatuses, status).label}
        />
      ))}
    </nav>
  );
}

interface ChipProps {
  search: CustomersSearch;
  status: CustomersSearch["status"];
  label: string;
}

function Chip({ search, status, label }: ChipProps) {
  const chosen = search.status === status;
  return (
    <Link
      to="/customers"
      search={{ search: search.search, status }}
      activeOptions={{ exact: true, includeSearch: true }}
      className={cn(
        "inline-flex h-7 shrink-0 items-center rounded-full border px-3 text-cell transition-colors",
        chosen
          ? "border-accent bg-accent-soft font-medium text-accent-text"
          : "text-quiet hover:bg-hover hover:text-ink",
      )}
    >
      {label}
      {chosen ? <span className="sr-only"> (chosen)</span> : null}
    </Link>
  );
}
