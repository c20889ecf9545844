import type { LucideIcon } from "lucide-react";
import type { ComponentProps } from "react";
import { cn } from "./class-names";
import { type Tone, toneClasses } from "./tone";

interface BadgeProps extends ComponentProps<"span"> {
  tone?: Tone;
}

export function Badge({ tone = "neutral", className, ...props }: BadgeProps) {
  return (
    <span
      className={cn(
        "inline-flex h-6 w-fit max-w-full shrink-0 items-center gap-1 whitespace-nowrap rounded-full border border-transparent px-2 font-medium text-xs",
        toneClasses[tone],
        className,
      )}
      {...props}
    />
  );
}

/** What one status looks like. The app writes one table of these for every status it knows. */
export interface StatusMeaning {
  tone: Tone;
  icon: LucideIcon;
  label: string;
}

export type StatusMeanings<Status extends string> = Record<Status, StatusMeaning>;

interface StatusBadgeProps extends StatusMeaning {
  /** The sentence behind the word, shown by the browser on hover. */
  title?: string;
  className?: string;
}

export function StatusBadge({ tone, icon: Icon, label, title, className }: StatusBadgeProps) {
  return (
    <Badge tone={tone} title={title} className={className}>
      <Icon aria-hidden className="size-3.5 shrink-0" />
      <span className="truncate">{label}</span>
    </Badge>
  );
}
