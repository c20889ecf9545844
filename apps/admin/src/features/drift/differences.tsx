import type { AdminOutputs } from "@farebox/billing";
import { ArrowRight } from "lucide-react";
import { capitalized, wordsOf } from "../../lib/words";

type Difference = AdminOutputs["reconciliation"]["drift"]["drift"][number]["fields"][number];

/** Field by field what we have and what Stripe has; of a row that only one side has, its id. */
export function Differences({ fields }: { fields: readonly Difference[] }) {
  return (
    <ul className="divide-y text-cell">
      {fields.map((one) => (
        <li key={`${one.table} ${one.id} ${one.field}`} className="py-2">
          <p className="flex flex-wrap gap-x-2">
            <span className="font-medium">{nameOf(one)}</span>
            <code className="wrap-anywhere font-mono text-quiet text-xs">{one.id}</code>
          </p>
          {one.field === "*" ? (
            <p className="text-quiet">{one.ours ? "Only here, not at Stripe" : "Only at Stripe, not here"}</p>
          ) : (
            <p className="flex flex-wrap items-center gap-x-2">
              <span className="sr-only">Here: </span>
              <Value value={one.ours} className="text-danger line-through decoration-1" />
              <ArrowRight aria-hidden className="size-3.5 text-quiet" />
              <span className="sr-only">At Stripe: </span>
              <Value value={one.theirs} className="text-success" />
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}

const nameOf = ({ table, field }: Difference) =>
  field === "*" ? `${capitalized(wordsOf(table))} row` : `${capitalized(wordsOf(table))}, ${wordsOf(field)}`;

function Value({ value, className }: { value: unknown; className: string }) {
  const none = value === null || value === undefined || value === "";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return (
    <code className={`wrap-anywhere min-w-0 font-mono text-xs ${none ? "text-quiet" : className}`}>
      {none ? "nothing" : text}
    </code>
  );
}
