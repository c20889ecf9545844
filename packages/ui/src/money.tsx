import { cn } from "./class-names";
import { currencyExponent, decimalString } from "./currency";
import { useLocale } from "./locale";

const trueMinus = "\u2212";
const noBreakSpace = "\u00a0";

interface FormatOptions {
  locale: string;
  exponent?: number;
  /** "always" puts a plus on credits; a zero has no sign. */
  sign?: "auto" | "always";
}

export function formatAmount(
  amount: number | bigint,
  currency: string,
  { locale, exponent = currencyExponent(currency), sign = "auto" }: FormatOptions,
): string {
  const format = new Intl.NumberFormat(locale, {
    minimumFractionDigits: exponent,
    maximumFractionDigits: exponent,
    signDisplay: sign === "always" ? "exceptZero" : "auto",
  });
  return format.format(decimalString(amount, exponent)).replace("-", trueMinus);
}

/** For sentences and buttons: "14.52 EUR", with a space that does not break. */
export function formatMoney(amount: number | bigint, currency: string, options: FormatOptions): string {
  return `${formatAmount(amount, currency, options)}${noBreakSpace}${currency.toUpperCase()}`;
}

/** `formatMoney` in the reader's locale. */
export function useFormatMoney() {
  const { locale } = useLocale();
  return (amount: number | bigint, currency: string, options?: Partial<FormatOptions>) =>
    formatMoney(amount, currency, { locale, ...options });
}

interface MoneyProps extends Partial<FormatOptions> {
  /** Minor units, as Stripe counts them. */
  amount: number | bigint;
  currency: string;
  className?: string;
}

export function Money({ amount, currency, className, ...options }: MoneyProps) {
  const { locale } = useLocale();
  return (
    <span className={cn("whitespace-nowrap tabular-nums", className)}>
      {formatAmount(amount, currency, { locale, ...options })}
      {noBreakSpace}
      <span className="font-normal text-[max(0.65em,0.75rem)] text-quiet">{currency.toUpperCase()}</span>
    </span>
  );
}
