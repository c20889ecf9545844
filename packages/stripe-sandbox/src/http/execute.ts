import type { Store } from "../store";
import type { OpenTx } from "../transaction";
import type { World } from "../world";
import { refusePublishable } from "./auth";
import { clockFor } from "./clock-for";
import { ApiError } from "./errors";
import { createExpander, type Expansions } from "./expand";
import type { Replay } from "./idempotency";
import { list, text } from "./params";
import type { ApiRequest } from "./request";
import { failure } from "./respond";
import type { Match } from "./router";

export interface Execution {
  world: World;
  expansions: Expansions;
  match: Match;
  /** Keeps the result with the changes it describes. */
  remember?: (tx: OpenTx, result: Replay) => void;
  /** An old state to read from. */
  state?: Store | undefined;
}

/** Parameters are read before execution starts; from there on the result is kept, whatever it is. */
export function execute(request: ApiRequest, execution: Execution): Replay {
  const { world, expansions, match, remember, state } = execution;
  const { expand, ...given } = request.params;
  const paths = expand === undefined ? [] : list(text)(expand, "expand");
  const run = match.route.prepare(given);
  const fromBrowser = request.caller === "publishable";
  if (fromBrowser && paths.some((path) => path !== "payment_method")) throw refusePublishable();
  const work = (tx: OpenTx) => {
    const result = attempt(tx, request, () => {
      tx.enter(clockFor(tx, request.method, match.ids, given));
      const body = run({ tx, ids: match.ids, fromBrowser, expand: paths });
      return createExpander(tx, tx.view, expansions)(body, paths);
    });
    remember?.(tx, result);
    return result;
  };
  const { account } = request;
  if (state) return world.peek(state, work, account);
  return world.transact({ requestId: request.id, idempotencyKey: request.key, account }, work);
}

function attempt(tx: OpenTx, request: ApiRequest, work: () => unknown): Replay {
  try {
    return { status: 200, body: JSON.stringify(work()) };
  } catch (error) {
    if (!(error instanceof ApiError && error.keepsChanges)) tx.rollback();
    return failure(error, request.id);
  }
}
