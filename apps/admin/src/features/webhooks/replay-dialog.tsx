import type { AdminOutputs } from "@farebox/billing";
import { Banner } from "@farebox/ui/banner";
import { Skeletons, SkeletonText } from "@farebox/ui/skeleton";
import { toast } from "@farebox/ui/toast";
import { failureOf } from "../../lib/failure";
import { trpc } from "../../lib/trpc";
import { ReasonDialog } from "../console/reason-dialog";
import { Differences } from "../drift/differences";
import type { EventFilter } from "./webhooks-search";

type Previewed = AdminOutputs["webhooks"]["previewReplay"][number];

const previewed = 10;
const replayedAtMost = 500;

interface ReplayDialogProps {
  filter: EventFilter;
  onClose: () => void;
}

/** Shows what would change before anything does. Mounted when it opens, so that the look is always a new one. */
export function ReplayDialog({ filter, onClose }: ReplayDialogProps) {
  const utils = trpc.useUtils();
  const preview = trpc.webhooks.previewReplay.useQuery(
    { filter, limit: previewed },
    { staleTime: 0, gcTime: 0, refetchOnWindowFocus: false, retry: false },
  );
  const replay = trpc.webhooks.replay.useMutation({
    onSuccess: ({ objects }) => {
      toast.success(`${countOf(objects.length)} will be read from Stripe again`);
      void utils.webhooks.invalidate();
      onClose();
    },
  });
  const { data } = preview;
  const more = data?.length === previewed;
  return (
    <ReasonDialog
      title="Replay"
      description="Each object is read from Stripe again and our copy is made equal. Emails and credits are not given twice."
      confirm={data ? `Replay ${more ? "all that match" : countOf(data.length)}` : "Replay"}
      blocked={!data || data.length === 0}
      pending={replay.isPending}
      error={replay.error}
      onConfirm={(reason) => replay.mutate({ filter, limit: replayedAtMost, reason })}
      onClose={onClose}
      className="max-w-2xl"
    >
      {preview.isError ? (
        <Banner tone="danger" role="alert" title="We could not see what would change." action={null}>
          {failureOf(preview.error).message}
        </Banner>
      ) : data ? (
        <>
          <Summary objects={data} more={more} />
          <ul className="grid gap-3">
            {data.filter(isWorthShowing).map((object) => (
              <li
                key={`${object.accountId} ${object.objectType} ${object.objectId}`}
                className="rounded-lg border px-4 py-2"
              >
                <PreviewedObject object={object} />
              </li>
            ))}
          </ul>
        </>
      ) : (
        <Skeletons label="Reading from Stripe what would change">
          <SkeletonText lines={4} />
        </Skeletons>
      )}
    </ReasonDialog>
  );
}

function Summary({ objects, more }: { objects: readonly Previewed[]; more: boolean }) {
  if (objects.length === 0) {
    return <Banner title="None of these events is about something we keep." />;
  }
  const differing = objects.filter(({ changes }) => changes.length > 0).length;
  const looked = more ? `the ${previewed} oldest objects` : countOf(objects.length);
  const title =
    differing === 0
      ? `Nothing would change: ${looked} ${objects.length === 1 ? "equals" : "equal"} Stripe already.`
      : `${differing} of ${looked} would change.`;
  return (
    <Banner tone={differing > 0 ? "warning" : "success"} title={title}>
      {more ? `There may be more. At most ${replayedAtMost} are replayed at once.` : null}
    </Banner>
  );
}

const isWorthShowing = ({ changes, problem }: Previewed) => changes.length > 0 || problem !== null;

const problems = {
  not_kept: "We keep nothing of this kind of object.",
  gone_at_stripe: "Stripe does not have it any more. It will be closed or removed here.",
};

function PreviewedObject({ object: { objectId, changes, problem } }: { object: Previewed }) {
  return (
    <>
      <h3 className="wrap-anywhere font-mono text-cell">{objectId}</h3>
      {problem ? (
        <p className="text-cell text-quiet">{problems[problem]}</p>
      ) : (
        <Differences fields={changes} />
      )}
    </>
  );
}

const countOf = (count: number) => `${count} ${count === 1 ? "object" : "objects"}`;
