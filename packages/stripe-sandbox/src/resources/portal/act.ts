import { invalid } from "../../http/errors";
import type { Raw } from "../../http/form";
import type { PortalSession } from "../../tables";
import type { Tx } from "../../transaction";
import { expired, visitOf } from "./access";
import { actions } from "./actions";
import type { Action } from "./actions/action";

export interface Acted {
  result: object;
  /** Where the customer goes once a flow is done. */
  next: { type: string; url?: string; message?: string | null } | null;
}

/** Does on behalf of the customer what the page offers, through the same verbs as the API. */
export function act(tx: Tx, session: PortalSession, name: string, raw: Raw): Acted {
  const found = actions.get(name);
  if (!found)
    throw invalid(`The customer portal has no action ${name.slice(0, 50)}.`, undefined, "action", 404);
  checkFlow(session, name, found);
  const run = found.prepare(raw);
  const visit = visitOf(tx, session);
  const result = run(tx, visit);
  const waits = "requires_action" in result;
  if (!session.flow || session.access.done || !found.completes || waits) return { result, next: null };
  const { access } = tx.need("portal_sessions", session.id);
  tx.patch("portal_sessions", session.id, { access: { ...access, done: true } });
  return { result, next: nextOf(session.flow.after_completion) };
}

/** A session with a flow is for that flow, and for the rest of the page only if it ends there. */
function checkFlow({ flow, access }: PortalSession, name: string, found: Action): void {
  if (!flow) return;
  if (access.done) {
    if (flow.after_completion.type === "portal_homepage") return;
    throw expired();
  }
  if (!found.flows.includes(flow.type))
    throw invalid(`This session is for the flow ${flow.type}, which has no ${name}.`, undefined, "action");
}

type AfterCompletion = NonNullable<PortalSession["flow"]>["after_completion"];

export function nextOf({
  type,
  redirect,
  hosted_confirmation: confirmation,
}: AfterCompletion): Acted["next"] {
  return {
    type,
    ...(redirect && { url: redirect.return_url }),
    ...(confirmation && { message: confirmation.custom_message }),
  };
}
