import type { ReactNode } from "react";
import { cn } from "./class-names";
import { useWords } from "./locale";
import { Skeleton, useLate } from "./skeleton";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableHeadRow, TableRow } from "./table";

export interface Column<Row> {
  key: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** Amounts and counts stand on the right edge. */
  end?: boolean;
  /** The column that names the row: first and larger where the row is a card. */
  lead?: boolean;
  className?: string;
}

interface DataTableProps<Row> {
  /** Says what the rows are; read by screen readers, not shown. */
  caption: string;
  columns: readonly Column<Row>[];
  /** undefined while they load. */
  rows: readonly Row[] | undefined;
  rowKey: (row: Row) => string;
  onOpen?: (row: Row) => void;
  selectedKey?: string;
  /** Shown instead of the rows when there are none. */
  empty: ReactNode;
  framed?: boolean;
  skeletonRows?: number;
}

export function DataTable<Row>(props: DataTableProps<Row>) {
  const { caption, columns, rows, rowKey, onOpen, selectedKey, empty, framed } = props;
  if (rows?.length === 0) {
    return <div className={cn(framed && "rounded-lg border bg-raised")}>{empty}</div>;
  }
  return (
    <Table caption={caption} framed={framed} aria-busy={rows ? undefined : true}>
      <TableHeader>
        <TableHeadRow>
          {columns.map((column) => (
            <TableHead key={column.key} end={column.end} className={column.className}>
              {column.header}
            </TableHead>
          ))}
        </TableHeadRow>
      </TableHeader>
      <TableBody>
        {rows ? (
          rows.map((row) => (
            <TableRow
              key={rowKey(row)}
              selected={selectedKey === undefined ? undefined : selectedKey === rowKey(row)}
              onOpen={onOpen ? () => onOpen(row) : undefined}
            >
              {columns.map((column) => (
                <TableCell
                  key={column.key}
                  label={column.lead ? undefined : column.header}
                  end={column.end}
                  lead={column.lead}
                  className={column.className}
                >
                  {column.cell(row)}
                </TableCell>
              ))}
            </TableRow>
          ))
        ) : (
          <SkeletonRows columns={columns} count={props.skeletonRows ?? 5} />
        )}
      </TableBody>
    </Table>
  );
}

function SkeletonRows<Row>({ columns, count }: { columns: readonly Column<Row>[]; count: number }) {
  const words = useWords();
  const late = useLate();
  return Array.from({ length: count }, (_, index) => index).map((index) => (
    <TableRow key={index} className={cn(!late && "invisible")}>
      {columns.map((column, position) => (
        <TableCell key={column.key} end={column.end} className={column.className}>
          {index === 0 && position === 0 ? <span className="sr-only">{words.loading}</span> : null}
          <Skeleton className={cn("h-3.5", column.end ? "ml-auto w-14" : column.lead ? "w-36" : "w-20")} />
        </TableCell>
      ))}
    </TableRow>
  ));
}
