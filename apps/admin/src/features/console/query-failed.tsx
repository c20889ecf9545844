import { Button } from "@farebox/ui/button";
import { ErrorState } from "@farebox/ui/error-state";
import { Link } from "@tanstack/react-router";
import { failureOf } from "../../lib/failure";
import { ScreenNotFound } from "./screen-not-found";

interface QueryFailedProps {
  /** What was being read: "customers", "this invoice". */
  what: string;
  /** The noun of a page that may not exist: "customer". */
  missing?: string;
  error: unknown;
  onRetry: () => void;
  retrying: boolean;
}

export function QueryFailed({ what, missing, error, onRetry, retrying }: QueryFailedProps) {
  const failure = failureOf(error);
  if (missing && failure.code === "NOT_FOUND") return <ScreenNotFound what={missing} />;
  if (failure.code === "FORBIDDEN") {
    return (
      <ErrorState
        title={`Your role cannot see ${what}.`}
        unchanged="Nothing was changed."
        next="Ask an admin for access."
        requestId={failure.requestId ?? undefined}
      />
    );
  }
  if (failure.code === "BAD_REQUEST") {
    return (
      <ErrorState
        title="This address is not complete."
        unchanged="Nothing was changed."
        next="Begin again with the list."
        requestId={failure.requestId ?? undefined}
        action={
          <Button asChild>
            <Link to="/customers">Show all customers</Link>
          </Button>
        }
      />
    );
  }
  return (
    <ErrorState
      title={`We could not read ${what}.`}
      unchanged={failure.lost ? failure.message : "Nothing was changed."}
      next={failure.lost ? "Then try again." : "Try again in a moment."}
      requestId={failure.requestId ?? undefined}
      onRetry={onRetry}
      retrying={retrying}
    />
  );
}
