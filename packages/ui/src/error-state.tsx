import { CloudAlert } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "./button";
import { cn } from "./class-names";
import { CopyButton } from "./copy-button";
import { useWords } from "./locale";

interface ErrorStateProps {
  /** What happened. */
  title: ReactNode;
  /** What was not changed: "Your plan is the same and nothing was charged." */
  unchanged: ReactNode;
  /** What to do. */
  next: ReactNode;
  requestId?: string;
  onRetry?: () => void;
  retrying?: boolean;
  /** Takes the place of the retry button. */
  action?: ReactNode;
  className?: string;
}

export function ErrorState({
  title,
  unchanged,
  next,
  requestId,
  onRetry,
  retrying,
  action,
  className,
}: ErrorStateProps) {
  const words = useWords();
  const retry = onRetry ? (
    <Button onClick={onRetry} pending={retrying}>
      {words.tryAgain}
    </Button>
  ) : null;
  return (
    <div
      role="alert"
      className={cn(
        "flex h-full flex-col items-center justify-center gap-4 base:py-12 px-6 text-center",
        className,
      )}
    >
      <span className="flex size-10 items-center justify-center rounded-lg bg-danger-soft text-danger">
        <CloudAlert aria-hidden className="size-5" />
      </span>
      <div className="max-w-md">
        <p className="text-balance font-medium">{title}</p>
        <p className="mt-1 text-balance text-quiet text-sm">
          {unchanged} {next}
        </p>
      </div>
      {action ?? retry}
      {requestId ? (
        <p className="flex items-center gap-1 text-quiet text-xs">
          {words.request} <code className="font-mono">{requestId}</code>
          <CopyButton text={requestId} label={`${words.copy}: ${requestId}`} />
        </p>
      ) : null}
    </div>
  );
}
