import type { AdminOutputs } from "@farebox/billing";
import { Button } from "@farebox/ui/button";
import { IdText } from "@farebox/ui/copy-button";
import type { Column } from "@farebox/ui/data-table";
import { DateTime } from "@farebox/ui/date-time";
import { capitalized, wordsOf } from "../../lib/words";
import { Status } from "../console/status";
import { causeText, kindText } from "./drift-words";
import type { Repair } from "./use-repair";

type DriftRow = AdminOutputs["reconciliation"]["drift"]["drift"][number];

interface DriftColumns {
  mayRepair: boolean;
  repair: Repair;
}

export function driftColumns({ mayRepair, repair: { repair, repairing } }: DriftColumns): Column<DriftRow>[] {
  const columns: Column<DriftRow>[] = [
    {
      key: "object",
      header: "Object",
      lead: true,
      cell: ({ objectType, objectId }) => (
        <span className="flex min-w-0 flex-wrap items-baseline gap-x-2">
          <span>{capitalized(wordsOf(objectType))}</span>
          <IdText id={objectId} className="max-w-56 font-normal" />
        </span>
      ),
    },
    { key: "kind", header: "Found", cell: ({ kind }) => kindText(kind) },
    { key: "fields", header: "Fields", className: "max-lg:hidden", cell: fieldsText },
    { key: "cause", header: "Likely cause", cell: ({ cause }) => causeText(cause) },
    {
      key: "state",
      header: "State",
      cell: ({ repairedAt }) => <Status of="drift" status={repairedAt ? "repaired" : "open"} />,
    },
    {
      key: "found",
      header: "When",
      className: "sm:whitespace-nowrap",
      cell: ({ foundAt }) => <DateTime value={foundAt} style="datetime" />,
    },
  ];
  if (!mayRepair) return columns;
  return [
    ...columns,
    {
      key: "repair",
      header: "Action",
      end: true,
      cell: ({ id, objectId, repairedAt }) =>
        repairedAt ? (
          <span className="text-quiet">–</span>
        ) : (
          <Button size="sm" pending={repairing === id} onClick={() => repair(id)}>
            Repair<span className="sr-only"> {objectId}</span>
          </Button>
        ),
    },
  ];
}

const named = 2;

function fieldsText({ fields }: DriftRow) {
  const names = [
    ...new Set(fields.map(({ table, field }) => (field === "*" ? wordsOf(table) : wordsOf(field)))),
  ];
  const more = names.length - named;
  return (
    <span className="text-quiet">
      {names.slice(0, named).join(", ")}
      {more > 0 ? ` and ${more} more` : null}
    </span>
  );
}
