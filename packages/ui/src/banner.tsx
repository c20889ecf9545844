import { CircleAlert, CircleCheck, Info, type LucideIcon, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./class-names";

type BannerTone = "info" | "success" | "warning" | "danger";

const looks: Record<BannerTone, { icon: LucideIcon; box: string; mark: string }> = {
  info: { icon: Info, box: "border-info/40 bg-info-soft", mark: "text-info" },
  success: { icon: CircleCheck, box: "border-success/40 bg-success-soft", mark: "text-success" },
  warning: { icon: TriangleAlert, box: "border-warning/40 bg-warning-soft", mark: "text-warning" },
  danger: { icon: CircleAlert, box: "border-danger/40 bg-danger-soft", mark: "text-danger" },
};

interface BannerProps {
  tone?: BannerTone;
  title: ReactNode;
  /** "alert" for what just happened, "status" for what is good to know, none for what was there from the start. */
  role?: "alert" | "status";
  /** One button or link. */
  action?: ReactNode;
  /** Spans the page under the top bar instead of sitting in it as a card. */
  flush?: boolean;
  className?: string;
  children?: ReactNode;
}

export function Banner({ tone = "info", title, role, action, flush, className, children }: BannerProps) {
  const { icon: Icon, box, mark } = looks[tone];
  return (
    <div
      role={role}
      className={cn(
        "flex flex-wrap items-center gap-x-4 gap-y-3 px-4 py-3 text-sm",
        box,
        flush ? "border-b" : "rounded-lg border",
        className,
      )}
    >
      <div className="flex min-w-48 flex-1 items-start gap-3">
        <Icon aria-hidden className={cn("mt-0.5 size-4 shrink-0", mark)} />
        <div className="min-w-0">
          <p className="font-medium">{title}</p>
          {children ? <div className="mt-0.5">{children}</div> : null}
        </div>
      </div>
      {action ? <div className="ml-7 shrink-0 sm:ml-0">{action}</div> : null}
    </div>
  );
}
