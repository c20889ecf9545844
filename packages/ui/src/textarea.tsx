import type { ComponentProps } from "react";
import { cn } from "./class-names";
import { useFieldWiring } from "./field";
import { controlLook } from "./input";

export function Textarea({ className, ...props }: ComponentProps<"textarea">) {
  const wired = useFieldWiring(props);
  return (
    <textarea rows={3} className={cn(controlLook, "field-sizing-content px-3 py-2", className)} {...wired} />
  );
}
