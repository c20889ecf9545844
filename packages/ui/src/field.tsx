import { CircleAlert } from "lucide-react";
import { createContext, type ReactNode, useContext, useId } from "react";
import { cn } from "./class-names";
import { useWords } from "./locale";

export interface FieldWiring {
  id?: string;
  "aria-describedby"?: string;
  "aria-invalid"?: true;
  "aria-required"?: true;
}

const FieldContext = createContext<FieldWiring>({});

/** The id and aria attributes of the field around a control; what the control was given itself wins. */
export function useFieldWiring<Props extends object>(props: Props): FieldWiring & Props {
  return { ...useContext(FieldContext), ...props };
}

interface FieldProps {
  label: ReactNode;
  description?: ReactNode;
  error?: ReactNode;
  /** Marks the label of a field that may stay empty; all others are expected to be filled. */
  optional?: boolean;
  required?: boolean;
  /** Keeps the label for screen readers only. */
  labelHidden?: boolean;
  id?: string;
  className?: string;
  /** One control of this package; it takes its id and aria attributes from here. */
  children: ReactNode;
}

export function Field({
  label,
  description,
  error,
  optional,
  required,
  labelHidden,
  id: givenId,
  className,
  children,
}: FieldProps) {
  const words = useWords();
  const generatedId = useId();
  const id = givenId ?? generatedId;
  const describedBy = [description ? `${id}-description` : "", error ? `${id}-error` : ""]
    .filter(Boolean)
    .join(" ");
  const wiring: FieldWiring = {
    id,
    "aria-describedby": describedBy || undefined,
    "aria-invalid": error ? true : undefined,
    "aria-required": required || undefined,
  };
  return (
    <div className={cn("grid content-start gap-1", className)}>
      <label htmlFor={id} className={labelHidden ? "sr-only" : "font-medium text-sm"}>
        {label}
        {optional ? <span className="font-normal text-quiet"> ({words.optional})</span> : null}
      </label>
      <FieldContext value={wiring}>{children}</FieldContext>
      {description ? (
        <p id={`${id}-description`} className="text-quiet text-sm">
          {description}
        </p>
      ) : null}
      <FieldError id={`${id}-error`}>{error}</FieldError>
    </div>
  );
}

/** Present even when empty, so that a message that appears is announced. */
export function FieldError({ id, children }: { id?: string; children?: ReactNode }) {
  return (
    <div id={id} aria-live="polite" className="text-danger text-sm empty:hidden">
      {children ? (
        <span className="flex items-start gap-1">
          <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          <span>{children}</span>
        </span>
      ) : null}
    </div>
  );
}

interface FieldsetProps {
  legend: ReactNode;
  legendHidden?: boolean;
  description?: ReactNode;
  error?: ReactNode;
  className?: string;
  children: ReactNode;
}

export function Fieldset({ legend, legendHidden, description, error, className, children }: FieldsetProps) {
  const id = useId();
  return (
    <fieldset
      className={cn("min-w-0", className)}
      aria-describedby={description || error ? `${id}-description ${id}-error` : undefined}
    >
      <legend className={legendHidden ? "sr-only" : "mb-2 font-medium text-sm"}>{legend}</legend>
      {description ? (
        <p id={`${id}-description`} className="-mt-1 mb-2 text-quiet text-sm">
          {description}
        </p>
      ) : null}
      {children}
      <FieldError id={`${id}-error`}>{error}</FieldError>
    </fieldset>
  );
}
