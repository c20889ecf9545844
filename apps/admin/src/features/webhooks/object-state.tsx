import type { WebhookEventDetail } from "@farebox/billing";
import { DateTime } from "@farebox/ui/date-time";
import { wordsOf } from "../../lib/words";
import { Status } from "../console/status";

export function ObjectState({ state }: { state: WebhookEventDetail["object"] }) {
  if (!state) return <span className="text-quiet">Nothing of it is kept here</span>;
  return (
    <div className="grid gap-1">
      <span className="inline-flex flex-wrap items-center gap-2">
        <Status of="object" status={state.state} />
        {state.deadReason ? <span className="text-quiet">{wordsOf(state.deadReason)}</span> : null}
        {state.outOfDateSince ? (
          <span className="text-quiet">
            out of date since <DateTime value={state.outOfDateSince} style="datetime" />
          </span>
        ) : null}
      </span>
      {state.lastError ? <p className="wrap-anywhere text-cell text-quiet">{state.lastError}</p> : null}
    </div>
  );
}
