import { Button } from "@farebox/ui/button";
import { ConsolePage } from "@farebox/ui/console-shell";
import { Field } from "@farebox/ui/field";
import { Input } from "@farebox/ui/input";
import { Select } from "@farebox/ui/select";
import { Link, useNavigate } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { capitalized } from "../../lib/words";
import { eventStatuses, isFiltered, type WebhooksSearch } from "./webhooks-search";

type Filter = Pick<WebhooksSearch, "type" | "status" | "object" | "from" | "to">;

/** What narrows the list is in the address; a change begins with the first page. */
export function EventFilters({ search }: { search: WebhooksSearch }) {
  const navigate = useNavigate();
  const { type, status, object, from, to } = search;
  const narrow = (change: Filter) =>
    void navigate({ to: "/webhooks", search: { type, status, object, from, to, ...change }, replace: true });
  return (
    <ConsolePage className="pt-0 pb-4">
      <search className="grid grid-cols-2 items-end gap-3 md:grid-cols-3 xl:grid-cols-[2fr_1fr_2fr_1fr_1fr_auto]">
        <TypedFilter
          label="Type"
          placeholder="invoice.paid"
          value={type}
          onChange={(value) => narrow({ type: value })}
        />
        <Field label="Status">
          <Select
            value={status ?? ""}
            onChange={(event) =>
              narrow({ status: eventStatuses.find((known) => known === event.target.value) })
            }
          >
            <option value="">All</option>
            {eventStatuses.map((known) => (
              <option key={known} value={known}>
                {capitalized(known)}
              </option>
            ))}
          </Select>
        </Field>
        <TypedFilter
          label="Object id"
          placeholder="in_…"
          value={object}
          onChange={(value) => narrow({ object: value })}
        />
        <Field label="From">
          <Input
            type="date"
            max={to}
            value={from ?? ""}
            onChange={(event) => narrow({ from: event.target.value || undefined })}
          />
        </Field>
        <Field label="To">
          <Input
            type="date"
            min={from}
            value={to ?? ""}
            onChange={(event) => narrow({ to: event.target.value || undefined })}
          />
        </Field>
        {isFiltered(search) ? (
          <Button asChild variant="ghost">
            <Link to="/webhooks">Clear</Link>
          </Button>
        ) : null}
      </search>
    </ConsolePage>
  );
}

interface TypedFilterProps {
  label: string;
  placeholder: string;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}

const debounceMs = 300;

function TypedFilter({ label, placeholder, value = "", onChange }: TypedFilterProps) {
  const [text, setText] = useState(value);
  const told = useRef(value);
  useEffect(() => {
    if (value === told.current) return;
    told.current = value;
    setText(value);
  }, [value]);
  useEffect(() => {
    const wanted = text.trim();
    if (wanted === told.current) return;
    const timer = setTimeout(() => {
      told.current = wanted;
      onChange(wanted || undefined);
    }, debounceMs);
    return () => clearTimeout(timer);
  });
  return (
    <Field label={label}>
      <Input
        value={text}
        placeholder={placeholder}
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => setText(event.target.value)}
      />
    </Field>
  );
}
