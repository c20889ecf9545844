import { ErrorState } from "@farebox/ui/error-state";
import type { ErrorComponentProps } from "@tanstack/react-router";
import { useScreenTitle } from "./use-screen-title";

/** The last resort: a screen that failed to draw. Queries show their own errors where they are. */
export function ScreenCrash({ reset }: Pick<ErrorComponentProps, "reset">) {
  useScreenTitle("Not shown");
  return (
    <ErrorState
      title="This screen could not be shown."
      unchanged="Nothing was changed."
      next="Try again; if it stays like this, reload the page."
      onRetry={reset}
    />
  );
}
