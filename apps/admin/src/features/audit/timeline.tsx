import { ConsolePage } from "@farebox/ui/console-shell";
import { IdText } from "@farebox/ui/copy-button";
import { DateTime } from "@farebox/ui/date-time";
import { EmptyState } from "@farebox/ui/empty-state";
import { TextLink } from "@farebox/ui/link";
import { Money } from "@farebox/ui/money";
import { Link } from "@tanstack/react-router";
import { ArrowRight, History } from "lucide-react";
import type { AuditEntry } from "../../lib/views";
import { capitalized } from "../../lib/words";
import { type AuditChange, type AuditValue, auditNews } from "./audit-changes";
import { actorText, happenedText, invoiceOf, reasonText } from "./timeline-words";

interface TimelineProps {
  customerId: string;
  entries: AuditEntry[];
  /** An entry may name its invoice where it does not name a currency. */
  currencyOfInvoice: (invoiceId: string) => string | undefined;
}

export function Timeline({ customerId, entries, currencyOfInvoice }: TimelineProps) {
  if (entries.length === 0) {
    return (
      <EmptyState icon={History} title="Nothing has happened yet">
        Every change by staff, by the customer or by Stripe appears here with its cause.
      </EmptyState>
    );
  }
  return (
    <ConsolePage>
      <ol className="max-w-3xl">
        {entries.map((entry) => (
          <Entry
            key={entry.seq}
            entry={entry}
            title={happenedText(entry, customerId)}
            changes={auditNews(entry, currencyOfInvoice)}
          />
        ))}
      </ol>
    </ConsolePage>
  );
}

interface EntryProps {
  entry: AuditEntry;
  title: string;
  changes: AuditChange[];
}

function Entry({ entry, title, changes }: EntryProps) {
  return (
    <li className="relative ml-1 border-l pb-6 pl-5 last:pb-0">
      <span
        aria-hidden
        className="-left-[5px] absolute top-1.5 size-2.5 rounded-full border-2 border-surface bg-quiet"
      />
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h2 className="text-sm">{title}</h2>
        <DateTime value={entry.at} style="datetime" className="text-cell text-quiet" />
      </div>
      <p className="text-cell text-quiet">
        {actorText(entry.actor)}
        {entry.reason ? <>: {reasonText(entry.reason)}</> : null}
      </p>
      <Target entry={entry} />
      <Changes changes={changes} />
    </li>
  );
}

function Target({ entry }: { entry: AuditEntry }) {
  const invoiceId = invoiceOf(entry);
  if (!invoiceId) return <IdText id={entry.targetId} className="text-cell text-quiet" />;
  return (
    <TextLink asChild className="text-cell">
      <Link to="/invoices/$invoiceId" params={{ invoiceId }}>
        Open the invoice
      </Link>
    </TextLink>
  );
}

const shownAtOnce = 4;

function Changes({ changes }: { changes: AuditChange[] }) {
  if (changes.length === 0) return null;
  if (changes.length <= shownAtOnce) return <ChangeList changes={changes} />;
  return (
    <>
      <ChangeList changes={changes.slice(0, shownAtOnce)} />
      <details>
        <summary className="mt-1 w-fit rounded-md text-accent-text text-cell">
          {changes.length - shownAtOnce} more
        </summary>
        <ChangeList changes={changes.slice(shownAtOnce)} />
      </details>
    </>
  );
}

function ChangeList({ changes }: { changes: AuditChange[] }) {
  return (
    <dl className="mt-1 grid gap-x-4 gap-y-0.5 text-cell sm:grid-cols-[10rem_1fr]">
      {changes.map((change) => (
        <div key={change.field} className="contents">
          <dt className="text-quiet max-sm:mt-1">{capitalized(change.field)}</dt>
          <dd className="min-w-0 break-words">
            {change.before.kind === "none" ? null : (
              <>
                <del className="text-quiet no-underline">
                  <Value value={change.before} />
                </del>{" "}
                <ArrowRight aria-hidden className="inline size-3.5 text-quiet" />
                <span className="sr-only">became</span>{" "}
              </>
            )}
            <Value value={change.after} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Value({ value }: { value: AuditValue }) {
  switch (value.kind) {
    case "none":
      return <span className="text-quiet">nothing</span>;
    case "money":
      return <Money amount={value.amount} currency={value.currency} />;
    case "instant":
      return <DateTime value={value.at} style="datetime" />;
    case "text":
      return value.text;
  }
}
