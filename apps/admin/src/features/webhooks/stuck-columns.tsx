import type { StuckObjectView } from "@farebox/billing";
import { Button } from "@farebox/ui/button";
import { IdText } from "@farebox/ui/copy-button";
import type { Column } from "@farebox/ui/data-table";
import { DateTime } from "@farebox/ui/date-time";
import { TextLink } from "@farebox/ui/link";
import { Link } from "@tanstack/react-router";
import { capitalized, wordsOf } from "../../lib/words";

interface StuckColumns {
  which: "dead" | "failing";
  mayRedrive: boolean;
  onRedrive: (object: StuckObjectView) => void;
}

export function stuckColumns({ which, mayRedrive, onRedrive }: StuckColumns): Column<StuckObjectView>[] {
  const columns: Column<StuckObjectView>[] = [
    {
      key: "object",
      header: "Object",
      lead: true,
      cell: ({ objectId, objectType }) => (
        <span className="flex min-w-0 flex-wrap items-baseline gap-x-2">
          <span>{capitalized(wordsOf(objectType))}</span>
          <IdText id={objectId} className="max-w-56 font-normal" />
        </span>
      ),
    },
    {
      key: "reason",
      header: which === "dead" ? "Reason" : "Next try",
      cell: ({ deadReason, nextTryAt }) =>
        which === "dead" ? (
          <TextLink asChild>
            <Link to="/webhooks" search={{ tab: "dead", reason: deadReason ?? undefined }}>
              {capitalized(wordsOf(deadReason ?? "not told"))}
            </Link>
          </TextLink>
        ) : nextTryAt ? (
          <DateTime value={nextTryAt} style="relative" />
        ) : (
          "now"
        ),
    },
    { key: "tries", header: "Tries", end: true, cell: ({ attempts }) => attempts },
    {
      key: "first",
      header: "First error",
      className: "max-xl:hidden",
      cell: ({ firstError, firstFailedAt }) => <Failure error={firstError} at={firstFailedAt} />,
    },
    {
      key: "last",
      header: "Last error",
      cell: ({ lastError, lastFailedAt }) => <Failure error={lastError} at={lastFailedAt} />,
    },
  ];
  if (!mayRedrive) return columns;
  return [
    ...columns,
    {
      key: "again",
      header: "Action",
      end: true,
      cell: (object) => (
        <Button size="sm" onClick={() => onRedrive(object)}>
          Try again<span className="sr-only">: {object.objectId}</span>
        </Button>
      ),
    },
  ];
}

function Failure({ error, at }: { error: string | null; at: string | null }) {
  if (!at) return <span className="text-quiet">–</span>;
  return (
    <span className="grid min-w-0 max-w-md gap-0.5 py-1 max-sm:text-right">
      <span className="wrap-anywhere line-clamp-3" title={error ?? undefined}>
        {error}
      </span>
      <DateTime value={at} style="datetime" className="text-quiet text-xs" />
    </span>
  );
}
