import { ArrowDownRight, ArrowRight, ArrowUpRight } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./class-names";
import { type Tone, toneText } from "./tone";

export function Card({ className, ...props }: ComponentProps<"section">) {
  return <section className={cn("min-w-0 rounded-lg border bg-raised", className)} {...props} />;
}

interface CardHeaderProps {
  title: ReactNode;
  description?: ReactNode;
  /** Right of the title: a status, one small button. */
  actions?: ReactNode;
  /** The level of the heading in the page, h2 if absent. */
  as?: "h2" | "h3";
  className?: string;
}

export function CardHeader({ title, description, actions, as: Heading = "h2", className }: CardHeaderProps) {
  return (
    <header
      className={cn(
        "flex flex-wrap items-start justify-between gap-3 px-6 pt-6 base:pb-4 compact:p-4 compact:pb-3",
        className,
      )}
    >
      <div className="min-w-0">
        <Heading className="text-base">{title}</Heading>
        {description ? <p className="mt-1 text-quiet text-sm">{description}</p> : null}
      </div>
      {actions ? <div className="flex shrink-0 items-center gap-2">{actions}</div> : null}
    </header>
  );
}

export function CardContent({ className, ...props }: ComponentProps<"div">) {
  return (
    <div className={cn("p-6 compact:p-4 [header+&]:pt-0 compact:[header+&]:pt-0", className)} {...props} />
  );
}

export function CardFooter({ className, ...props }: ComponentProps<"footer">) {
  return (
    <footer
      className={cn(
        "flex flex-wrap items-center justify-end gap-2 border-t px-6 py-4 compact:px-4 compact:py-3",
        className,
      )}
      {...props}
    />
  );
}

interface StatCardProps {
  label: ReactNode;
  /** The one number. */
  value: ReactNode;
  unit?: ReactNode;
  change?: { text: ReactNode; direction: "up" | "down" | "flat"; tone?: Tone };
  /** Where the number comes from: "Paid invoices, last 30 days". */
  origin?: ReactNode;
  className?: string;
}

const arrows = { up: ArrowUpRight, down: ArrowDownRight, flat: ArrowRight };

export function StatCard({ label, value, unit, change, origin, className }: StatCardProps) {
  const Arrow = arrows[change?.direction ?? "flat"];
  return (
    <Card className={cn("flex flex-col gap-1 p-4", className)}>
      <h3 className="font-medium text-quiet text-sm">{label}</h3>
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span className="font-semibold text-2xl tabular-nums tracking-[-0.01em]">{value}</span>
        {unit ? <span className="text-quiet text-sm">{unit}</span> : null}
      </p>
      {change ? (
        <p className={cn("flex items-center gap-1 text-sm tabular-nums", toneText[change.tone ?? "neutral"])}>
          <Arrow aria-hidden className="size-4 shrink-0" />
          {change.text}
        </p>
      ) : null}
      {origin ? <p className="mt-auto pt-1 text-quiet text-xs">{origin}</p> : null}
    </Card>
  );
}
