import { Button } from "@farebox/ui/button";
import { EmptyState } from "@farebox/ui/empty-state";
import { Link } from "@tanstack/react-router";
import { SearchX, Users } from "lucide-react";

export function NoneMatch({ searched }: { searched: boolean }) {
  return (
    <EmptyState
      icon={SearchX}
      title={searched ? "No customer matches" : "No customer has this status"}
      action={
        <Button asChild>
          <Link to="/customers">{searched ? "Clear search and filter" : "Show all customers"}</Link>
        </Button>
      }
    >
      {searched
        ? "Search looks at name, email, Stripe ids, invoice numbers and the last four digits of cards."
        : "Whoever comes into it appears here by itself."}
    </EmptyState>
  );
}

export function NoneYet() {
  return (
    <EmptyState icon={Users} title="No customers yet">
      Whoever signs up on the dashboard appears here by itself.
    </EmptyState>
  );
}
