import { LoaderCircle } from "lucide-react";
import { cn } from "./class-names";
import { useWords } from "./locale";

interface SpinnerProps {
  /** Said by screen readers. Pass "" when the text beside it already says so. */
  label?: string;
  className?: string;
}

export function Spinner({ label, className }: SpinnerProps) {
  const words = useWords();
  const said = label ?? words.loading;
  return (
    <span role={said ? "status" : undefined} className="inline-flex">
      <LoaderCircle aria-hidden className={cn("base:size-4 shrink-0 animate-spin", className)} />
      {said ? <span className="sr-only">{said}</span> : null}
    </span>
  );
}
