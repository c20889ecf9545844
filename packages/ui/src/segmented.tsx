import { type ReactNode, useId } from "react";
import { cn } from "./class-names";

interface SegmentedProps<Value extends string> {
  /** The question the switch answers, said by screen readers. */
  label: string;
  options: readonly { value: Value; label: ReactNode }[];
  value: Value;
  onChange: (value: Value) => void;
  className?: string;
}

export function Segmented<Value extends string>({
  label,
  options,
  value,
  onChange,
  className,
}: SegmentedProps<Value>) {
  const name = useId();
  return (
    <fieldset className={cn("inline-flex gap-0.5 rounded-md border bg-sunken p-0.5", className)}>
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <label
          key={option.value}
          className={cn(
            "relative inline-flex min-h-8 cursor-pointer items-center justify-center gap-1 rounded-md border border-transparent px-3 font-medium text-quiet text-sm transition-colors compact:min-h-6 compact:px-2",
            "hover:text-ink has-checked:border-control has-checked:bg-raised has-checked:text-ink",
            "has-focus-visible:outline-2 has-focus-visible:outline-focus has-focus-visible:outline-offset-2",
            "forced-colors:has-checked:bg-[Highlight] forced-colors:has-checked:text-[HighlightText] forced-colors:has-checked:forced-color-adjust-none",
          )}
        >
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
            className="absolute inset-0 cursor-pointer appearance-none rounded-md outline-none!"
          />
          {option.label}
        </label>
      ))}
    </fieldset>
  );
}
