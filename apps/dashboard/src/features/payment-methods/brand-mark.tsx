import { CreditCard } from "lucide-react";

const short: Record<string, string> = {
  visa: "VISA",
  mastercard: "MC",
  amex: "AMEX",
  discover: "DISC",
  diners: "DC",
  jcb: "JCB",
  unionpay: "UP",
};

/** Says at a glance which card it is; the name beside it says it to everybody. */
export function CardBrand({ brand }: { brand: string }) {
  return (
    <span
      aria-hidden
      className="flex h-8 w-12 shrink-0 items-center justify-center rounded-md border bg-sunken font-semibold text-quiet text-xs"
    >
      {short[brand] ?? <CreditCard className="size-4" />}
    </span>
  );
}
