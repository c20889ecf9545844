import type { ComponentProps } from "react";
import { cn } from "./class-names";
import { useFieldWiring } from "./field";

export const controlLook = cn(
  "w-full min-w-0 rounded-md border border-control bg-raised text-base text-ink transition-colors compact:text-sm",
  "placeholder:text-quiet aria-invalid:border-danger",
  "disabled:cursor-not-allowed disabled:border-border disabled:bg-sunken disabled:text-quiet read-only:bg-sunken",
);

export function Input({ className, ...props }: ComponentProps<"input">) {
  const wired = useFieldWiring(props);
  return <input className={cn(controlLook, "h-(--control-height) px-3", className)} {...wired} />;
}
