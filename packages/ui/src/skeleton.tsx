import { type ReactNode, useEffect, useState } from "react";
import { cn } from "./class-names";
import { useWords } from "./locale";

const delayMs = 200;

/** One grey block; give it the size of what comes. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <span aria-hidden className={cn("base:h-4 base:rounded-md block animate-pulse bg-hover", className)} />
  );
}

interface SkeletonsProps {
  /** What is being loaded, for screen readers. */
  label?: string;
  className?: string;
  children: ReactNode;
}

/** Holds the skeletons of one region: keeps their room from the start, shows them after 200 ms. */
export function Skeletons({ label, className, children }: SkeletonsProps) {
  const words = useWords();
  const late = useLate();
  return (
    <div role="status" data-late={late || undefined} className={cn("invisible data-late:visible", className)}>
      {late ? <span className="sr-only">{label ?? words.loading}</span> : null}
      {children}
    </div>
  );
}

const lineWidths = ["w-full", "w-11/12", "w-4/5", "w-5/6", "w-2/3"];

export function SkeletonText({ lines = 3 }: { lines?: 1 | 2 | 3 | 4 | 5 }) {
  return (
    <span className="grid gap-2" aria-hidden>
      {lineWidths.slice(-lines).map((width) => (
        <Skeleton key={width} className={width} />
      ))}
    </span>
  );
}

/** True once a wait has lasted long enough to be worth showing. */
export function useLate(): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), delayMs);
    return () => clearTimeout(timer);
  }, []);
  return late;
}
