import type { ReactNode } from "react";
import { cn } from "./class-names";

export function DescriptionList({ children, className }: { children: ReactNode; className?: string }) {
  return <dl className={cn("base:text-body divide-y", className)}>{children}</dl>;
}

interface DescriptionProps {
  term: ReactNode;
  /** Amounts stand on the right edge under each other. */
  end?: boolean;
  /** The line that counts: a total. */
  strong?: boolean;
  children: ReactNode;
}

export function Description({ term, end, strong, children }: DescriptionProps) {
  return (
    <div
      className={cn(
        "flex flex-wrap items-baseline gap-x-4 gap-y-1 py-2",
        end && "justify-between",
        strong && "font-semibold",
      )}
    >
      <dt className={cn(!end && "w-24 shrink-0 sm:w-32", !strong && "text-quiet")}>{term}</dt>
      <dd className={cn("wrap-anywhere min-w-0", end ? "ml-auto text-right tabular-nums" : "flex-1")}>
        {children}
      </dd>
    </div>
  );
}
