import { type ComponentProps, type ReactNode, useId } from "react";
import { cn } from "./class-names";
import { FieldError } from "./field";

interface CheckboxProps extends Omit<ComponentProps<"input">, "type"> {
  label: ReactNode;
  description?: ReactNode;
  error?: ReactNode;
  labelHidden?: boolean;
}

const box = cn(
  "peer size-5 shrink-0 appearance-none rounded-md border border-control bg-raised transition-colors",
  "checked:border-accent checked:bg-accent indeterminate:border-accent indeterminate:bg-accent",
  "forced-colors:appearance-auto disabled:opacity-50 aria-invalid:border-danger",
);

export function Checkbox({ label, description, error, labelHidden, className, id, ...props }: CheckboxProps) {
  const generatedId = useId();
  const inputId = id ?? generatedId;
  const describedBy = [description ? `${inputId}-description` : "", error ? `${inputId}-error` : ""]
    .filter(Boolean)
    .join(" ");
  return (
    <div className={className}>
      <label htmlFor={inputId} className="flex min-h-6 cursor-pointer items-start gap-2 text-sm">
        <span className="relative mt-0.5 inline-flex">
          <input
            id={inputId}
            type="checkbox"
            className={box}
            aria-describedby={describedBy || undefined}
            aria-invalid={error ? true : undefined}
            {...props}
          />
          <svg
            aria-hidden="true"
            viewBox="0 0 20 20"
            className="pointer-events-none absolute inset-0 size-5 fill-none stroke-2 stroke-accent-ink opacity-0 peer-checked:opacity-100 forced-colors:hidden"
          >
            <path d="m5.5 10.5 3 3 6-7" strokeLinecap="round" strokeLinejoin="round" />
          </svg>
          <span
            aria-hidden="true"
            className="pointer-events-none absolute top-1/2 left-1 hidden h-0.5 w-3 -translate-y-1/2 rounded-full bg-accent-ink peer-indeterminate:block forced-colors:hidden!"
          />
        </span>
        <span className={labelHidden ? "sr-only" : "mt-0.5"}>{label}</span>
      </label>
      {description ? (
        <p id={`${inputId}-description`} className="ml-7 text-quiet text-sm">
          {description}
        </p>
      ) : null}
      <div className="ml-7">
        <FieldError id={`${inputId}-error`}>{error}</FieldError>
      </div>
    </div>
  );
}
