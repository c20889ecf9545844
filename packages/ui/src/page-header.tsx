import type { ReactNode } from "react";
import { cn } from "./class-names";

interface PageHeaderProps {
  /** The page's h1. */
  title: ReactNode;
  description?: ReactNode;
  /** A link back to where this page belongs. */
  back?: ReactNode;
  /** Beside the title: a status. */
  status?: ReactNode;
  /** The one primary action. */
  action?: ReactNode;
  className?: string;
}

export function PageHeader({ title, description, back, status, action, className }: PageHeaderProps) {
  return (
    <header className={cn("mb-6 compact:mb-4", className)}>
      {back ? <div className="mb-2 text-sm">{back}</div> : null}
      <div className="flex flex-wrap items-start justify-between gap-4">
        <div className="min-w-0">
          <div className="flex flex-wrap items-center gap-3">
            <h1 className="text-2xl compact:text-xl">{title}</h1>
            {status}
          </div>
          {description ? <p className="mt-2 max-w-prose text-quiet compact:mt-1">{description}</p> : null}
        </div>
        {action}
      </div>
    </header>
  );
}
