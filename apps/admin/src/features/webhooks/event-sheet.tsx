import type { WebhookEventDetail } from "@farebox/billing";
import { Button } from "@farebox/ui/button";
import { CopyButton, IdText } from "@farebox/ui/copy-button";
import { DateTime } from "@farebox/ui/date-time";
import { Description, DescriptionList } from "@farebox/ui/description-list";
import { Sheet } from "@farebox/ui/sheet";
import { Skeleton, Skeletons, SkeletonText } from "@farebox/ui/skeleton";
import { RotateCcw } from "lucide-react";
import { useState } from "react";
import { trpc } from "../../lib/trpc";
import { wordsOf } from "../../lib/words";
import { QueryFailed } from "../console/query-failed";
import { Status } from "../console/status";
import { useMay } from "../session/use-may";
import { ObjectState } from "./object-state";
import { ReplayDialog } from "./replay-dialog";

interface EventSheetProps {
  /** `account/id` */
  eventKey: string;
  onClose: () => void;
}

export function EventSheet({ eventKey, onClose }: EventSheetProps) {
  const [accountId = "", id = ""] = eventKey.split("/");
  const query = trpc.webhooks.event.useQuery({ accountId, id });
  const event = query.data;
  const mayReplay = useMay("webhooks:redrive");
  const [replaying, setReplaying] = useState(false);
  return (
    <Sheet
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={event?.type ?? "Event"}
      actions={event ? <Status of="event" status={event.status} /> : null}
      footer={
        mayReplay && event?.objectId ? (
          <Button onClick={() => setReplaying(true)}>
            <RotateCcw aria-hidden />
            Replay
          </Button>
        ) : null
      }
      className="max-w-[640px]"
    >
      {event ? (
        <EventFacts event={event} />
      ) : query.isError ? (
        <QueryFailed
          what="this event"
          missing="event"
          error={query.error}
          onRetry={() => void query.refetch()}
          retrying={query.isFetching}
        />
      ) : (
        <Skeletons label="Loading the event" className="grid gap-4">
          <SkeletonText lines={5} />
          <Skeleton className="h-72" />
        </Skeletons>
      )}
      {replaying ? <ReplayDialog filter={{ id }} onClose={() => setReplaying(false)} /> : null}
    </Sheet>
  );
}

function EventFacts({ event }: { event: WebhookEventDetail }) {
  return (
    <div className="grid gap-6">
      <DescriptionList>
        <Description term="Event">
          <IdText id={event.id} />
        </Description>
        {event.reason ? <Description term="Why">{wordsOf(event.reason)}</Description> : null}
        <Description term="Account">
          {event.accountId === "own" ? "Ours" : <IdText id={event.accountId} />}
        </Description>
        <Description term="Happened">
          <DateTime value={event.createdAt} style="deadline" />
        </Description>
        <Description term="Received">
          <DateTime value={event.receivedAt} style="deadline" />
          <span className="text-quiet">
            {event.source === "poll" ? ", found in Stripe's list" : ", delivered by Stripe"}
          </span>
        </Description>
        {event.objectId ? (
          <Description term="Object">
            <IdText id={event.objectId} />
          </Description>
        ) : null}
        {event.objectId ? (
          <Description term="Our copy">
            <ObjectState state={event.object} />
          </Description>
        ) : null}
      </DescriptionList>
      <section aria-labelledby="event-body">
        <div className="mb-2 flex items-center justify-between">
          <h3 id="event-body" className="text-sm">
            Body as it was signed
          </h3>
          {event.body ? <CopyButton text={event.body} label="Copy the body" /> : null}
        </div>
        {event.body ? (
          <pre className="wrap-anywhere whitespace-pre-wrap rounded-lg border bg-sunken p-3 font-mono text-xs">
            {event.body}
          </pre>
        ) : (
          <p className="text-quiet text-sm">
            It was kept for its time and then dropped. The event and what it changed are still here.
          </p>
        )}
      </section>
    </div>
  );
}
