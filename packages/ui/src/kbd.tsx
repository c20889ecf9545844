import type { ComponentProps } from "react";
import { cn } from "./class-names";

export function Kbd({ className, ...props }: ComponentProps<"kbd">) {
  return (
    <kbd
      className={cn(
        "inline-flex h-5 min-w-5 items-center justify-center rounded-md border bg-sunken px-1 font-sans text-xs text-quiet",
        className,
      )}
      {...props}
    />
  );
}
