import { ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";
import { cn } from "./class-names";
import { useFieldWiring } from "./field";
import { controlLook } from "./input";

/** The browser's own list: works by touch, keyboard and screen reader without a script. */
export function Select({ className, children, ...props }: ComponentProps<"select">) {
  const wired = useFieldWiring(props);
  return (
    <span className={cn("relative block", className)}>
      <select
        className={cn(controlLook, "h-(--control-height) appearance-none bg-raised! pr-9 pl-3")}
        {...wired}
      >
        {children}
      </select>
      <ChevronDown
        aria-hidden
        className="pointer-events-none absolute top-1/2 right-3 size-4 -translate-y-1/2 text-quiet"
      />
    </span>
  );
}
