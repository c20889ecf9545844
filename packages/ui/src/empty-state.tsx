import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./class-names";

interface EmptyStateProps {
  icon?: LucideIcon;
  /** One line of what this is. */
  title: ReactNode;
  children?: ReactNode;
  /** One button or link. */
  action?: ReactNode;
  className?: string;
}

export function EmptyState({ icon: Icon, title, children, action, className }: EmptyStateProps) {
  return (
    <div
      className={cn(
        "flex h-full flex-col items-center justify-center gap-3 px-6 py-12 text-center",
        className,
      )}
    >
      {Icon ? (
        <span className="flex size-10 items-center justify-center rounded-lg border bg-sunken text-quiet">
          <Icon aria-hidden className="size-5" />
        </span>
      ) : null}
      <div className="max-w-sm">
        <p className="text-balance font-medium">{title}</p>
        {children ? <div className="mt-1 text-balance text-quiet text-sm">{children}</div> : null}
      </div>
      {action}
    </div>
  );
}
