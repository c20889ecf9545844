import type { WebhookEventView } from "@farebox/billing";
import { Button } from "@farebox/ui/button";
import { cn } from "@farebox/ui/class-names";
import { ConsolePage } from "@farebox/ui/console-shell";
import { DataTable } from "@farebox/ui/data-table";
import { EmptyState } from "@farebox/ui/empty-state";
import { Pagination } from "@farebox/ui/pagination";
import { keepPreviousData } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { Inbox, SearchX } from "lucide-react";
import { useRef } from "react";
import { trpc } from "../../lib/trpc";
import { QueryFailed } from "../console/query-failed";
import { useKeysetPaging } from "../console/use-keyset-paging";
import { useRowKeys } from "../console/use-row-keys";
import { eventColumns } from "./event-columns";
import { EventFilters } from "./event-filters";
import { EventSheet } from "./event-sheet";
import { filterOf, isFiltered, type WebhooksSearch } from "./webhooks-search";

export function EventsTab({ search }: { search: WebhooksSearch }) {
  const navigate = useNavigate();
  const region = useRef<HTMLDivElement>(null);
  useRowKeys(region);
  const page = trpc.webhooks.events.useQuery(
    { filter: filterOf(search), cursor: search.cursor },
    { placeholderData: keepPreviousData, refetchInterval: search.cursor ? false : 10_000 },
  );
  const { data } = page;
  const paging = useKeysetPaging(search.cursor, data?.nextCursor ?? null, (cursor, state) =>
    navigate({ to: "/webhooks", search: { ...search, cursor, event: undefined }, state }),
  );
  const show = (event: string | undefined) =>
    void navigate({
      to: "/webhooks",
      search: { ...search, event },
      replace: event === undefined,
      resetScroll: false,
    });
  return (
    <>
      <EventFilters search={search} />
      {page.isError && !data ? (
        <QueryFailed
          what="the webhook events"
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
          <DataTable
            caption="Webhook events, newest first"
            columns={eventColumns}
            rows={data?.events}
            rowKey={keyOf}
            selectedKey={search.event}
            onOpen={(event) => show(keyOf(event))}
            empty={isFiltered(search) ? <NoneMatch /> : <NoneYet />}
            skeletonRows={20}
          />
        </div>
      )}
      {data && (data.nextCursor || search.cursor) ? (
        <ConsolePage className="pt-0">
          <Pagination
            pending={page.isPlaceholderData}
            onNewer={search.cursor ? paging.newer : undefined}
            onOlder={data.nextCursor ? paging.older : undefined}
          >
            {data.events.length} on this page, newest first
          </Pagination>
        </ConsolePage>
      ) : null}
      {search.event ? <EventSheet eventKey={search.event} onClose={() => show(undefined)} /> : null}
    </>
  );
}

const keyOf = ({ accountId, id }: Pick<WebhookEventView, "accountId" | "id">) => `${accountId}/${id}`;

function NoneMatch() {
  return (
    <EmptyState
      icon={SearchX}
      title="No event matches"
      action={
        <Button asChild>
          <Link to="/webhooks">Show all events</Link>
        </Button>
      }
    >
      Types and ids are compared exactly as Stripe writes them.
    </EmptyState>
  );
}

function NoneYet() {
  return (
    <EmptyState icon={Inbox} title="No events yet">
      Whatever Stripe delivers appears here, also what we do not keep.
    </EmptyState>
  );
}
