import type { LucideIcon } from "lucide-react";
import { Slot } from "radix-ui/slot";
import { cloneElement, type ReactElement, type ReactNode } from "react";
import { cn } from "./class-names";

interface NavLinkProps {
  icon: LucideIcon;
  label: string;
  /** A count that waits. */
  badge?: ReactNode;
  /** An empty router link; the one with `aria-current="page"` is where we are. */
  children: ReactElement;
}

const look = cn(
  "relative flex min-w-0 items-center rounded-md font-medium text-quiet no-underline transition-colors hover:bg-hover hover:text-ink -outline-offset-2!",
  "aria-[current=page]:bg-accent-soft aria-[current=page]:text-accent-text",
  "max-sm:min-w-fit max-sm:flex-1 max-sm:flex-col max-sm:justify-center max-sm:gap-0.5 max-sm:rounded-none max-sm:bg-transparent! max-sm:px-2 max-sm:text-xs",
  "sm:min-h-9 sm:gap-2 sm:px-3 sm:text-sm lg:gap-3 compact:sm:min-h-8",
  "forced-colors:aria-[current=page]:underline",
);

/** One destination of a shell: a row at the side, a column in the bar below on a phone. */
export function NavLink({ icon: Icon, label, badge, children }: NavLinkProps) {
  const content = (
    <>
      <Icon aria-hidden className="size-5 shrink-0 sm:size-4" />
      <span className="max-w-full truncate group-data-rail/nav:sm:sr-only">{label}</span>
      {badge ? <span className="ml-auto group-data-rail/nav:hidden max-sm:hidden">{badge}</span> : null}
    </>
  );
  return (
    <Slot className={look} title={label}>
      {cloneElement(children, undefined, content)}
    </Slot>
  );
}

/** Small heading between groups of destinations, hidden where there is no room for it. */
export function NavGroup({ children }: { children: ReactNode }) {
  return (
    <p className="hidden px-3 pt-4 pb-1 font-medium text-quiet text-xs lg:block group-data-rail/nav:hidden!">
      {children}
    </p>
  );
}
