import type { InvoiceStatus } from "@farebox/billing";
import { invoiceStatuses } from "@farebox/billing/schemas";
import { Button } from "@farebox/ui/button";
import { Field } from "@farebox/ui/field";
import { Input } from "@farebox/ui/input";
import { SearchInput } from "@farebox/ui/search-input";
import { Select } from "@farebox/ui/select";
import { useEffect, useRef, useState } from "react";
import { type InvoiceSearch, isFiltered } from "./search";

interface InvoiceFiltersProps {
  search: InvoiceSearch;
  onChange: (search: InvoiceSearch) => void;
}

const waitForTypingMs = 300;

export function InvoiceFilters({ search, onChange }: InvoiceFiltersProps) {
  const { cursor: _, ...filters } = search;
  const change = (part: InvoiceSearch) => onChange({ ...filters, ...part });
  const [typed, setTyped] = useTyped(search.q ?? "", (q) => change({ q: q || undefined }));
  return (
    <div className="mb-4 grid grid-cols-2 items-end gap-3 sm:flex sm:flex-wrap">
      <SearchInput
        value={typed}
        onChange={setTyped}
        maxLength={50}
        label="Number or amount"
        className="col-span-2 sm:min-w-48 sm:flex-1"
      />
      <div className="max-sm:col-span-2">
        <Field label="Status" labelHidden>
          <Select
            value={search.status ?? ""}
            onChange={({ target }) =>
              change({ status: (target.value || undefined) as InvoiceStatus | undefined })
            }
          >
            <option value="">Any status</option>
            {invoiceStatuses.map((status) => (
              <option key={status} value={status}>
                {words[status]}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      <Day label="From" value={search.from} latest={search.to} onChange={(from) => change({ from })} />
      <Day label="To" value={search.to} earliest={search.from} onChange={(to) => change({ to })} />
      {isFiltered(search) ? (
        <Button variant="ghost" className="max-sm:col-span-2 sm:ml-auto" onClick={() => onChange({})}>
          Clear filters
        </Button>
      ) : null}
    </div>
  );
}

const words: Record<InvoiceStatus, string> = {
  open: "Open",
  paid: "Paid",
  void: "Void",
  uncollectible: "Uncollectible",
};

interface DayProps {
  label: string;
  value: string | undefined;
  earliest?: string;
  latest?: string;
  onChange: (day: string | undefined) => void;
}

function Day({ label, value, earliest, latest, onChange }: DayProps) {
  return (
    <Field label={label}>
      <Input
        type="date"
        value={value ?? ""}
        min={earliest}
        max={latest}
        onChange={({ target }) => onChange(target.value || undefined)}
      />
    </Field>
  );
}

/** The address follows when the typing pauses, and the field follows the address: back and forward work. */
function useTyped(known: string, settle: (text: string) => void): [string, (text: string) => void] {
  const [typed, setTyped] = useState(known);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    setTyped(known);
    return () => clearTimeout(timer.current);
  }, [known]);
  return [
    typed,
    (text) => {
      setTyped(text);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => settle(text.trim()), waitForTypingMs);
    },
  ];
}
