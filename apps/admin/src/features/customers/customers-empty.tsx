import { Button } from "@farebox/ui/button";
import { EmptyState } from "@farebox/ui/empty-state";
import { Link } from "@tanstack/react-router";
import { SearchX, Users } from "lucide-react";

export function NoneMatch() {
  return (
    <EmptyState
      icon={SearchX}
      title="No customer matches"
      action={
        <Button asChild>
          <Link to="/customers">Clear search and filter</Link>
        </Button>
      }
    >
      Search looks at name, email, Stripe ids, invoice numbers and the last four digits of cards.
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
