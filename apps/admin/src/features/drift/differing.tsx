import type { AdminOutputs } from "@farebox/billing";
import { Button } from "@farebox/ui/button";
import { cn } from "@farebox/ui/class-names";
import { ConsolePage } from "@farebox/ui/console-shell";
import { DataTable } from "@farebox/ui/data-table";
import { EmptyState } from "@farebox/ui/empty-state";
import { Pagination } from "@farebox/ui/pagination";
import { Segmented } from "@farebox/ui/segmented";
import { keepPreviousData } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { CircleCheck } from "lucide-react";
import { useRef } from "react";
import { trpc } from "../../lib/trpc";
import { QueryFailed } from "../console/query-failed";
import { useKeysetPaging } from "../console/use-keyset-paging";
import { useRowKeys } from "../console/use-row-keys";
import { driftColumns } from "./drift-columns";
import type { DriftSearch } from "./drift-search";
import { DriftSheet } from "./drift-sheet";
import { useRepair } from "./use-repair";

type DriftRow = AdminOutputs["reconciliation"]["drift"]["drift"][number];

interface DifferingProps {
  search: DriftSearch;
  mayRepair: boolean;
}

export function Differing({ search, mayRepair }: DifferingProps) {
  const navigate = useNavigate();
  const region = useRef<HTMLDivElement>(null);
  useRowKeys(region);
  const { run: runId, type: objectType, before, show } = search;
  const page = trpc.reconciliation.drift.useQuery(
    { runId, objectType, before, open: show !== "all" },
    { placeholderData: keepPreviousData, refetchInterval: before ? false : 10_000 },
  );
  const { data } = page;
  const repair = useRepair();
  const paging = useKeysetPaging(before, data?.nextBefore ?? null, (cursor, state) =>
    navigate({ to: "/drift", search: { ...search, before: cursor, open: undefined }, state }),
  );
  const opened = data?.drift.find(({ id }) => id === search.open);
  const open = (id: string | undefined) =>
    void navigate({ to: "/drift", search: { ...search, open: id }, replace: !id, resetScroll: false });
  return (
    <>
      <DifferingHead search={search} />
      {page.isError && !data ? (
        <QueryFailed
          what="the differences"
          error={page.error}
          onRetry={() => void page.refetch()}
          retrying={page.isFetching}
        />
      ) : (
        <div
          ref={region}
          aria-busy={page.isPlaceholderData || undefined}
          className={cn("transition-opacity", page.isPlaceholderData && "opacity-60")}
        >
          <DataTable<DriftRow>
            caption="Differences, newest first"
            columns={driftColumns({ mayRepair, repair })}
            rows={data?.drift}
            rowKey={({ id }) => id}
            selectedKey={search.open}
            onOpen={({ id }) => open(id)}
            empty={<NoDifference search={search} />}
          />
        </div>
      )}
      {data && (data.nextBefore || before) ? (
        <ConsolePage className="pt-0">
          <Pagination
            pending={page.isPlaceholderData}
            onNewer={before ? paging.newer : undefined}
            onOlder={data.nextBefore ? paging.older : undefined}
          >
            {data.drift.length} on this page, newest first
          </Pagination>
        </ConsolePage>
      ) : null}
      {opened ? (
        <DriftSheet drift={opened} mayRepair={mayRepair} repair={repair} onClose={() => open(undefined)} />
      ) : null}
    </>
  );
}

function DifferingHead({ search: { run, type, show } }: { search: DriftSearch }) {
  const navigate = useNavigate();
  return (
    <ConsolePage className="flex flex-wrap items-center gap-3 pt-2 pb-3">
      <h2 className="text-base">Differences</h2>
      <Segmented
        label="Which differences"
        options={[
          { value: "open", label: "Open" },
          { value: "all", label: "All" },
        ]}
        value={show ?? "open"}
        onChange={(chosen) =>
          void navigate({
            to: "/drift",
            search: { run, type, show: chosen === "all" ? "all" : undefined },
            replace: true,
          })
        }
      />
      {run || type ? (
        <Button asChild size="sm" variant="ghost">
          <Link to="/drift" search={{ show }}>
            Of all comparisons
          </Link>
        </Button>
      ) : null}
    </ConsolePage>
  );
}

function NoDifference({ search: { show, run } }: { search: DriftSearch }) {
  if (show === "all") {
    return (
      <EmptyState
        icon={CircleCheck}
        title={run ? "This comparison found no difference" : "No difference yet"}
      >
        What is found to differ from Stripe appears here with its likely cause.
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={CircleCheck} title="Nothing is left to repair">
      Differences that were found and put right are under “All”.
    </EmptyState>
  );
}
