import { ChevronLeft, ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "./button";
import { useWords } from "./locale";

interface PaginationProps {
  /** Absent on the first page. */
  onNewer?: () => void;
  /** Absent on the last page. */
  onOlder?: () => void;
  pending?: boolean;
  /** Left edge: "10,000+ invoices". */
  children?: ReactNode;
}

/** Keyset paging: there are no page numbers to promise. */
export function Pagination({ onNewer, onOlder, pending, children }: PaginationProps) {
  const words = useWords();
  return (
    <nav aria-label={words.pages} className="flex flex-wrap items-center justify-between gap-3 py-3">
      <p className="text-quiet text-sm tabular-nums">{children}</p>
      <div className="flex gap-2">
        <Button size="sm" disabled={!onNewer || pending} onClick={onNewer}>
          <ChevronLeft aria-hidden />
          {words.newer}
        </Button>
        <Button size="sm" disabled={!onOlder || pending} onClick={onOlder}>
          {words.older}
          <ChevronRight aria-hidden />
        </Button>
      </div>
    </nav>
  );
}
