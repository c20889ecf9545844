import { Button } from "@farebox/ui/button";
import { EmptyState } from "@farebox/ui/empty-state";
import { Link } from "@tanstack/react-router";
import { MapPinOff } from "lucide-react";
import { useScreenTitle } from "./use-screen-title";

interface ScreenNotFoundProps {
  /** What is missing, "page" if absent. */
  what?: string;
}

export function ScreenNotFound({ what = "page" }: ScreenNotFoundProps) {
  useScreenTitle("Not found");
  return (
    <EmptyState
      icon={MapPinOff}
      title={<h1 className="text-base">We could not find this {what}</h1>}
      action={
        <Button asChild>
          <Link to="/customers">Go to customers</Link>
        </Button>
      }
      className="min-h-80 justify-center"
    >
      The address may be mistyped, or it belongs to another Stripe account.
    </EmptyState>
  );
}
