import type { WebhookEventView } from "@farebox/billing";
import { IdText } from "@farebox/ui/copy-button";
import type { Column } from "@farebox/ui/data-table";
import { DateTime } from "@farebox/ui/date-time";
import { wordsOf } from "../../lib/words";
import { Status } from "../console/status";

export const eventColumns: Column<WebhookEventView>[] = [
  {
    key: "type",
    header: "Type",
    lead: true,
    cell: ({ type, source }) => (
      <span className="wrap-anywhere sm:whitespace-nowrap">
        {type}
        {source === "poll" ? <span className="font-normal text-quiet"> found by the poll</span> : null}
      </span>
    ),
  },
  {
    key: "status",
    header: "Status",
    cell: ({ status, reason }) => (
      <span className="inline-flex flex-wrap items-center gap-2">
        <Status of="event" status={status} />
        {reason ? <span className="text-quiet">{wordsOf(reason)}</span> : null}
      </span>
    ),
  },
  {
    key: "object",
    header: "Object",
    cell: ({ objectId }) => (objectId ? <IdText id={objectId} className="max-w-56" /> : <Nothing />),
  },
  {
    key: "account",
    header: "Account",
    className: "max-xl:hidden",
    cell: ({ accountId }) => (accountId === "own" ? "Ours" : <IdText id={accountId} className="max-w-40" />),
  },
  {
    key: "received",
    header: "Received",
    className: "sm:whitespace-nowrap",
    cell: ({ receivedAt }) => <DateTime value={receivedAt} style="datetime" />,
  },
  { key: "id", header: "Event id", cell: ({ id }) => <IdText id={id} className="max-w-48" /> },
];

const Nothing = () => <span className="text-quiet">–</span>;
