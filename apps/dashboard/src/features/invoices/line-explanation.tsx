import type { InvoiceLineView } from "@farebox/billing";
import { Money } from "@farebox/ui/money";
import { ChevronRight } from "lucide-react";
import { useId, useState } from "react";
import { useSay } from "../subscriptions/use-say";
import { causeSentence, changeSentence, partSentence } from "./explain-words";

interface LineExplanationProps {
  line: InvoiceLineView;
  currency: string;
}

/** Opens under its line: why it is there, and the numbers that add up to it. */
export function LineExplanation({ line, currency }: LineExplanationProps) {
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <div className="mt-1">
      <button
        type="button"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        aria-label={`Explain this charge: ${line.description}`}
        onClick={() => setOpen(!open)}
        className="-ml-1 inline-flex min-h-6 items-center gap-1 rounded-md px-1 text-accent-text text-sm hover:underline"
      >
        <ChevronRight
          aria-hidden
          className={`size-4 transition-transform motion-reduce:transition-none ${open ? "rotate-90" : ""}`}
        />
        Explain this charge
      </button>
      {open ? <Arithmetic id={id} line={line} currency={currency} /> : null}
    </div>
  );
}

function Arithmetic({ id, line, currency }: LineExplanationProps & { id: string }) {
  const say = useSay();
  const { explanation } = line;
  const { parts, changes, amount, total } = explanation;
  const rows = [
    ...parts.map((part) => ({ text: partSentence(part, currency, say), amount: part.amount })),
    ...(changes.length > 0 && parts.length > 1 ? [{ text: "This line", amount, strong: true }] : []),
    ...changes.map((change) => ({ text: changeSentence(change, currency, say), amount: change.amount })),
  ];
  const end = changes.length > 0 ? "What this line adds to the invoice" : "This line";
  return (
    <div id={id} className="mt-2 rounded-lg bg-sunken p-4 text-sm">
      <p>{causeSentence(explanation)}</p>
      <dl className="mt-3 grid gap-2">
        {rows.map(({ text, amount: part, ...row }) => (
          <Row key={text} text={text} amount={part} currency={currency} strong={"strong" in row} />
        ))}
        <Row text={end} amount={total} currency={currency} strong sum />
      </dl>
    </div>
  );
}

interface RowProps {
  text: string;
  amount: number;
  currency: string;
  strong?: boolean;
  sum?: boolean;
}

function Row({ text, amount, currency, strong, sum }: RowProps) {
  return (
    <div
      className={`flex items-baseline justify-between gap-4 ${strong ? "font-medium" : ""} ${sum ? "border-t pt-2" : ""}`}
    >
      <dt className={`min-w-0 ${strong ? "" : "text-quiet"}`}>{text}</dt>
      <dd className="shrink-0">
        <Money amount={amount} currency={currency} />
      </dd>
    </div>
  );
}
