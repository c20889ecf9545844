import type { RunView } from "@farebox/billing";
import { Button } from "@farebox/ui/button";
import { Card, CardHeader } from "@farebox/ui/card";
import { cn } from "@farebox/ui/class-names";
import { DateTime } from "@farebox/ui/date-time";
import { Skeletons, SkeletonText } from "@farebox/ui/skeleton";
import { toast } from "@farebox/ui/toast";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { failureOf } from "../../lib/failure";
import { trpc } from "../../lib/trpc";
import { QueryFailed } from "../console/query-failed";
import { ReasonDialog } from "../console/reason-dialog";
import { Status } from "../console/status";
import { isUnderWay, progressText, runTitle } from "./run-words";

interface RunsProps {
  mayStop: boolean;
  chosen: string | undefined;
}

const shownAtOnce = 4;

export function Runs({ mayStop, chosen }: RunsProps) {
  const [all, setAll] = useState(false);
  const query = trpc.reconciliation.runs.useQuery(undefined, {
    refetchInterval: ({ state }) => (state.data?.some(isUnderWay) ? 2_000 : 30_000),
  });
  const runs = query.data;
  return (
    <Card>
      <CardHeader title="Comparisons" />
      {runs ? (
        runs.length === 0 ? (
          <p className="px-4 pb-4 text-quiet text-sm">None yet. The first one runs within a day.</p>
        ) : (
          <>
            <ul className="divide-y border-t">
              {runs.slice(0, all ? undefined : shownAtOnce).map((run) => (
                <RunRow key={run.id} run={run} mayStop={mayStop} chosen={run.id === chosen} />
              ))}
            </ul>
            {runs.length > shownAtOnce ? (
              <div className="border-t px-4 py-2">
                <Button variant="ghost" size="sm" aria-expanded={all} onClick={() => setAll(!all)}>
                  {all ? "Show fewer" : `Show all ${runs.length}`}
                </Button>
              </div>
            ) : null}
          </>
        )
      ) : query.isError ? (
        <QueryFailed
          what="the comparisons"
          error={query.error}
          onRetry={() => void query.refetch()}
          retrying={query.isFetching}
        />
      ) : (
        <Skeletons label="Loading the comparisons" className="px-4 pb-4">
          <SkeletonText lines={3} />
        </Skeletons>
      )}
    </Card>
  );
}

function RunRow({ run, mayStop, chosen }: { run: RunView; mayStop: boolean; chosen: boolean }) {
  return (
    <li className={cn("grid gap-2 px-4 py-3", chosen && "bg-accent-soft")}>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Link
          to="/drift"
          search={{ run: run.id, show: "all" }}
          aria-current={chosen ? "true" : undefined}
          className="font-medium hover:underline"
        >
          {runTitle(run)}
        </Link>
        <Status of="run" status={run.state} />
        <span className="text-cell text-quiet tabular-nums">{progressText(run)}</span>
        <span className="ml-auto flex items-center gap-2 text-cell text-quiet">
          <DateTime value={run.createdAt} style="datetime" />
          {mayStop && isUnderWay(run) ? <StopRun run={run} /> : null}
        </span>
      </div>
      {isUnderWay(run) ? <Bar run={run} /> : null}
      {run.error ? <p className="wrap-anywhere text-cell text-danger">{run.error}</p> : null}
    </li>
  );
}

function Bar({ run: { progress } }: { run: RunView }) {
  const done = progress.filter((type) => type.done).length;
  return (
    <progress
      aria-label="Kinds of objects compared"
      value={done}
      max={progress.length}
      className="h-1.5 w-full appearance-none overflow-hidden rounded-full bg-hover [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-hover [&::-webkit-progress-value]:bg-accent"
    />
  );
}

function StopRun({ run }: { run: RunView }) {
  const [asking, setAsking] = useState(false);
  const utils = trpc.useUtils();
  const stop = trpc.reconciliation.stop.useMutation({
    onSuccess: ({ stopped }) => {
      toast.success(stopped ? "It stops after the page at hand" : "It was over already");
      void utils.reconciliation.runs.invalidate();
      setAsking(false);
    },
    onError: (error) => toast.error("It was not stopped", { description: failureOf(error).message }),
  });
  return (
    <>
      <Button size="sm" onClick={() => setAsking(true)}>
        Stop<span className="sr-only"> {runTitle(run)}</span>
      </Button>
      {asking ? (
        <ReasonDialog
          title={`Stop the ${run.kind}`}
          description="What was compared so far stays. It does not go on from here: a new one begins at the start."
          confirm="Stop it"
          pending={stop.isPending}
          error={stop.error}
          onConfirm={(reason) => stop.mutate({ runId: run.id, reason })}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </>
  );
}
