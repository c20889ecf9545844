import { Card } from "@farebox/ui/card";
import { ErrorState } from "@farebox/ui/error-state";
import { Skeletons } from "@farebox/ui/skeleton";
import type { ReactNode } from "react";
import { failureOf } from "../../lib/failure";

interface Query<Data> {
  data: Data | undefined;
  error: unknown;
  isFetching: boolean;
  refetch: () => unknown;
}

interface LoadedProps<Data> {
  query: Query<Data>;
  /** Ends the sentence "We could not load …". */
  what: string;
  skeleton: ReactNode;
  children: (data: Data) => ReactNode;
}

/** One part of a page: when it fails, the others stay. What was loaded before stays while it is fetched again. */
export function Loaded<Data>({ query, what, skeleton, children }: LoadedProps<Data>) {
  if (query.data !== undefined) return children(query.data);
  if (!query.error) return <Skeletons label={`Loading ${what}`}>{skeleton}</Skeletons>;
  const failure = failureOf(query.error);
  return (
    <Card>
      <ErrorState
        title={`We could not load ${what}.`}
        unchanged="Nothing was changed."
        next={failure.reason === "internal" ? "Please try again." : failure.message}
        requestId={failure.requestId ?? undefined}
        retrying={query.isFetching}
        onRetry={() => void query.refetch()}
      />
    </Card>
  );
}
