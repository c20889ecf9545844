import { Button } from "@farebox/ui/button";
import { ErrorState } from "@farebox/ui/error-state";
import { Skeleton, Skeletons } from "@farebox/ui/skeleton";
import { failureOf } from "../../lib/failure";

export function Broken({ error, retry }: { error: unknown; retry: () => void }) {
  const { reason, message, requestId } = failureOf(error);
  return (
    <ErrorState
      title="We could not prepare the payment."
      unchanged="Nothing was charged."
      next={reason === "internal" ? "Please try again." : message}
      requestId={requestId ?? undefined}
      action={<Button onClick={retry}>Try again</Button>}
    />
  );
}

export function FormSkeleton() {
  return (
    <Skeletons label="Preparing the payment" className="grid gap-4">
      <Skeleton className="h-14" />
      <Skeleton className="h-14" />
      <Skeleton className="h-12" />
    </Skeletons>
  );
}
