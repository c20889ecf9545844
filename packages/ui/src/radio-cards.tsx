import { type ReactNode, useId } from "react";
import { cn } from "./class-names";
import { Fieldset } from "./field";

export interface RadioCard<Value extends string> {
  value: Value;
  title: ReactNode;
  /** Right of the title: a price, a badge. */
  aside?: ReactNode;
  description?: ReactNode;
  disabled?: boolean;
}

interface RadioCardsProps<Value extends string> {
  legend: ReactNode;
  legendHidden?: boolean;
  description?: ReactNode;
  error?: ReactNode;
  options: readonly RadioCard<Value>[];
  value: Value | undefined;
  onChange: (value: Value) => void;
  name?: string;
  /** Classes of the grid that holds the cards, one column if absent. */
  className?: string;
}

export function RadioCards<Value extends string>({
  options,
  value,
  onChange,
  name,
  className,
  ...fieldset
}: RadioCardsProps<Value>) {
  const generatedName = useId();
  return (
    <Fieldset {...fieldset}>
      <div className={cn("grid gap-3", className)}>
        {options.map((option) => (
          <label
            key={option.value}
            className={cn(
              "relative flex cursor-pointer gap-3 rounded-lg border bg-raised p-4 transition-colors",
              "not-has-checked:hover:border-control has-checked:border-accent has-checked:bg-accent-soft",
              "has-disabled:cursor-not-allowed has-disabled:bg-sunken has-disabled:text-quiet",
              "has-focus-visible:outline-2 has-focus-visible:outline-focus has-focus-visible:outline-offset-2",
            )}
          >
            <input
              type="radio"
              name={name ?? generatedName}
              value={option.value}
              checked={option.value === value}
              disabled={option.disabled}
              onChange={() => onChange(option.value)}
              className={cn(
                "mt-0.5 size-5 shrink-0 appearance-none rounded-full border border-control bg-raised outline-none!",
                "checked:border-6 checked:border-accent forced-colors:appearance-auto",
              )}
            />
            <span className="grid min-w-0 flex-1 gap-1">
              <span className="flex flex-wrap items-baseline justify-between gap-x-3 gap-y-1">
                <span className="font-medium">{option.title}</span>
                {option.aside ? <span className="text-sm">{option.aside}</span> : null}
              </span>
              {option.description ? <span className="text-quiet text-sm">{option.description}</span> : null}
            </span>
          </label>
        ))}
      </div>
    </Fieldset>
  );
}
