import { cn } from "./class-names";

/** The letter F; its middle arm is a coin. */
export function BrandMark({ className }: { className?: string }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 24 24" className={cn("base:size-6 block shrink-0", className)}>
      <rect width="24" height="24" rx="6" className="fill-accent" />
      <path d="M7 19V5h10.5v3H10v11z" className="fill-accent-ink" />
      <circle cx="14.5" cy="13" r="3" className="fill-accent-ink" />
    </svg>
  );
}

/** The mark and the name beside it. */
export function Brand({ name, className }: { name: string; className?: string }) {
  return (
    <span className={cn("flex items-center gap-2 font-semibold text-base tracking-[-0.01em]", className)}>
      <BrandMark />
      {name}
    </span>
  );
}
