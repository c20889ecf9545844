import type { ComponentProps, KeyboardEvent, MouseEvent } from "react";
import { cn } from "./class-names";

/** Written out because a table that is laid out as cards loses the roles of its elements. */
const roles = {
  table: { role: "table" },
  rowgroup: { role: "rowgroup" },
  row: { role: "row" },
  columnheader: { role: "columnheader" },
  cell: { role: "cell" },
} as const;

interface TableProps extends ComponentProps<"table"> {
  /** Says what the rows are; read by screen readers, not shown. */
  caption: string;
  /** A card that scrolls sideways by itself. Without it the page scrolls and the heads stay in view. */
  framed?: boolean;
}

/** Below 640 px each row becomes a card: then every cell shows the `label` it was given. */
export function Table({ caption, framed, className, children, ...props }: TableProps) {
  const table = (
    <table
      {...roles.table}
      className={cn(
        "block w-full border-separate border-spacing-0 text-cell sm:table",
        framed ? "sm:bg-raised" : "bg-surface max-sm:px-4",
        className,
      )}
      {...props}
    >
      <caption className="sr-only">{caption}</caption>
      {children}
    </table>
  );
  if (!framed) return table;
  return <div className="min-w-0 sm:overflow-x-auto sm:rounded-lg sm:border">{table}</div>;
}

export function TableHeader({ className, ...props }: ComponentProps<"thead">) {
  return (
    <thead {...roles.rowgroup} className={cn("max-sm:sr-only sm:table-header-group", className)} {...props} />
  );
}

export function TableBody({ className, ...props }: ComponentProps<"tbody">) {
  return (
    <tbody
      {...roles.rowgroup}
      className={cn("grid gap-3 bg-inherit sm:table-row-group", className)}
      {...props}
    />
  );
}

interface TableRowProps extends ComponentProps<"tr"> {
  /** Opens the row by a click anywhere on it, or by Enter; arrow keys go from row to row. */
  onOpen?: () => void;
  selected?: boolean;
}

export function TableRow({ onOpen, selected, className, ...props }: TableRowProps) {
  function openOnClick(event: MouseEvent<HTMLTableRowElement>) {
    const inside = (event.target as Element).closest("a, button, input, label, select");
    if (!inside && !window.getSelection()?.toString()) onOpen?.();
  }
  function actOnKey(event: KeyboardEvent<HTMLTableRowElement>) {
    if (event.target !== event.currentTarget) return;
    if (event.key === "Enter") {
      // What opens takes the focus at once, and the same key would press the button it lands on.
      event.preventDefault();
      onOpen?.();
    }
    if (event.key === "ArrowDown") focusRow(event, event.currentTarget.nextElementSibling);
    if (event.key === "ArrowUp") focusRow(event, event.currentTarget.previousElementSibling);
  }
  return (
    <tr
      {...roles.row}
      aria-selected={selected}
      tabIndex={onOpen ? 0 : undefined}
      onClick={onOpen ? openOnClick : undefined}
      onKeyDown={onOpen ? actOnKey : undefined}
      className={cn(
        "block rounded-lg border bg-raised p-3 sm:table-row sm:rounded-none sm:border-0 sm:bg-inherit sm:p-0",
        "sm:-outline-offset-2! group/row scroll-my-16",
        onOpen && "cursor-pointer hover:bg-hover",
        selected && "bg-accent-soft! sm:bg-accent-soft!",
        className,
      )}
      {...props}
    />
  );
}

function focusRow(event: KeyboardEvent, row: Element | null) {
  if (!(row instanceof HTMLElement)) return;
  event.preventDefault();
  row.focus();
}

interface TableHeadProps extends ComponentProps<"th"> {
  end?: boolean;
}

export function TableHead({ end, className, ...props }: TableHeadProps) {
  return (
    <th
      {...roles.columnheader}
      scope="col"
      className={cn(
        "h-9 whitespace-nowrap border-b bg-sunken px-3 font-medium text-quiet text-xs first:pl-4 last:pr-4",
        "sm:sticky sm:top-0 sm:z-10 sm:first:left-0 sm:first:z-20",
        end ? "text-right" : "text-left",
        className,
      )}
      {...props}
    />
  );
}

interface TableCellProps extends ComponentProps<"td"> {
  /** The column's name, shown beside the value when the row is a card. */
  label?: string;
  /** Amounts and counts: tabular figures on the right edge. */
  end?: boolean;
  /** The card's title: no label, larger, first. */
  lead?: boolean;
}

export function TableCell({ label, end, lead, className, ...props }: TableCellProps) {
  return (
    <td
      {...roles.cell}
      data-label={label}
      className={cn(
        "flex items-baseline justify-between gap-4 py-1 sm:table-cell sm:h-(--row-height) sm:px-3 sm:py-1 sm:align-middle sm:first:pl-4 sm:last:pr-4",
        "max-sm:data-label:before:shrink-0 max-sm:data-label:before:text-quiet max-sm:data-label:before:content-[attr(data-label)]",
        "border-border sm:border-b sm:group-last/row:border-b-0",
        "sm:first:sticky sm:first:left-0 sm:first:z-1 sm:first:bg-inherit",
        "sm:group-focus-visible/row:first:shadow-[inset_2px_2px_var(--focus),inset_0_-1px_var(--focus)] sm:group-focus-visible/row:first:border-b-focus",
        end && "tabular-nums sm:text-right",
        lead && "font-medium max-sm:text-base max-sm:before:hidden",
        className,
      )}
      {...props}
    />
  );
}

/** The row of the column heads. */
export function TableHeadRow(props: ComponentProps<"tr">) {
  return <tr {...roles.row} {...props} />;
}
