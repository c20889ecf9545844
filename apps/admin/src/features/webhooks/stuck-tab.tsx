import type { StuckObjectView } from "@farebox/billing";
import { Button } from "@farebox/ui/button";
import { ConsolePage } from "@farebox/ui/console-shell";
import { DataTable } from "@farebox/ui/data-table";
import { EmptyState } from "@farebox/ui/empty-state";
import { Link } from "@tanstack/react-router";
import { CircleCheck, RotateCcw } from "lucide-react";
import { useRef, useState } from "react";
import { trpc } from "../../lib/trpc";
import { wordsOf } from "../../lib/words";
import { QueryFailed } from "../console/query-failed";
import { useRowKeys } from "../console/use-row-keys";
import { useMay } from "../session/use-may";
import { RedriveDialog } from "./redrive-dialog";
import { stuckColumns } from "./stuck-columns";

interface StuckTabProps {
  which: "dead" | "failing";
  /** Only those given up for this. */
  reason: string | undefined;
}

const shown = 200;

export function StuckTab({ which, reason }: StuckTabProps) {
  const region = useRef<HTMLDivElement>(null);
  useRowKeys(region);
  const mayRedrive = useMay("webhooks:redrive");
  const [redriven, setRedriven] = useState<StuckObjectView | "matching" | null>(null);
  const options = { refetchInterval: 10_000 };
  const dead = trpc.webhooks.dead.useQuery(
    { deadReason: reason, limit: shown },
    { ...options, enabled: which === "dead" },
  );
  const failing = trpc.webhooks.failing.useQuery(
    { limit: shown },
    { ...options, enabled: which === "failing" },
  );
  const query = which === "dead" ? dead : failing;
  const objects = query.data;
  if (query.isError && !objects) {
    return (
      <QueryFailed
        what="what could not be applied"
        error={query.error}
        onRetry={() => void query.refetch()}
        retrying={query.isFetching}
      />
    );
  }
  return (
    <div ref={region}>
      {objects && objects.length > 0 ? (
        <ConsolePage className="flex flex-wrap items-center justify-between gap-3 pt-0 pb-3">
          <p className="text-quiet text-sm">{explained[which](objects.length, reason)}</p>
          {which === "dead" && mayRedrive ? (
            <Button onClick={() => setRedriven("matching")}>
              <RotateCcw aria-hidden />
              Try all again
            </Button>
          ) : null}
        </ConsolePage>
      ) : null}
      <DataTable
        caption={
          which === "dead" ? "Objects given up, newest first" : "Objects that fail and are tried again"
        }
        columns={stuckColumns({ which, mayRedrive, onRedrive: setRedriven })}
        rows={objects}
        rowKey={({ accountId, objectType, objectId }) => `${accountId} ${objectType} ${objectId}`}
        empty={<NoneStuck which={which} reason={reason} />}
      />
      {redriven ? (
        <RedriveDialog
          object={redriven === "matching" ? null : redriven}
          deadReason={reason}
          count={objects?.length ?? 0}
          onClose={() => setRedriven(null)}
        />
      ) : null}
    </div>
  );
}

const countText = (count: number) =>
  count === shown ? `${shown} or more objects` : `${count} ${count === 1 ? "object" : "objects"}`;

const explained = {
  dead: (count: number, reason: string | undefined) =>
    `${countText(count)} given up${reason ? `: ${wordsOf(reason)}` : ""}. Our copies stay as they were until they are tried again or news of them comes.`,
  failing: (count: number) =>
    `${countText(count)} not applied yet. Each is tried again by itself, with longer and longer pauses.`,
};

function NoneStuck({ which, reason }: StuckTabProps) {
  return (
    <EmptyState
      icon={CircleCheck}
      title={which === "dead" ? "Nothing was given up" : "Nothing fails"}
      action={
        reason ? (
          <Button asChild>
            <Link to="/webhooks" search={{ tab: "dead" }}>
              Show every reason
            </Link>
          </Button>
        ) : null
      }
    >
      {which === "dead"
        ? "What could not be applied after many tries appears here with its reason."
        : "What could not be applied yet appears here until it could."}
    </EmptyState>
  );
}
