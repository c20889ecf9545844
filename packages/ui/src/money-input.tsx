import { type ComponentProps, useState } from "react";
import { cn } from "./class-names";
import { parseMinorUnits } from "./currency";
import { useFieldWiring } from "./field";
import { controlLook } from "./input";
import { useLocale } from "./locale";
import { formatAmount } from "./money";

interface MoneyInputProps
  extends Omit<ComponentProps<"input">, "type" | "value" | "defaultValue" | "onChange"> {
  currency: string;
  /** Minor units to begin with. */
  initialAmount?: number;
  /** Minor units, or undefined while the text is no amount of this currency. */
  onAmountChange: (amount: number | undefined) => void;
}

/** Keeps what was typed and reports what it means; it never rewrites the text under the fingers. */
export function MoneyInput({
  currency,
  initialAmount,
  onAmountChange,
  className,
  ...props
}: MoneyInputProps) {
  const { locale } = useLocale();
  const wired = useFieldWiring(props);
  const [text, setText] = useState(() =>
    initialAmount === undefined ? "" : formatAmount(initialAmount, currency, { locale }),
  );
  return (
    <span className={cn("relative block", className)}>
      <input
        inputMode="decimal"
        autoComplete="off"
        {...wired}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          onAmountChange(parseMinorUnits(event.target.value, currency, locale));
        }}
        className={cn(controlLook, "h-(--control-height) pr-14 pl-3 text-right tabular-nums")}
      />
      <span aria-hidden="true" className="absolute top-1/2 right-3 -translate-y-1/2 text-quiet text-sm">
        {currency.toUpperCase()}
      </span>
    </span>
  );
}
