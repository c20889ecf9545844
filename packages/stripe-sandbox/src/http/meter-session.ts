import type { Access } from "../resources/resource";
import type { World } from "../world";
import { ApiError } from "./errors";

/** The token of a session opens the stream of meter events for a quarter of an hour, and nothing else. */
export function checkMeterSession(world: World, access: Access, token: string): void {
  const session = world.store.of(sessionAccount(world, token)).get("meter_sessions", token);
  if (!session) throw notAMeterSession();
  if (access !== "meter_session") throw onlyTheStream();
  if (session.expires > world.clock.nowMs() / 1000) return;
  throw new ApiError(401, {
    code: "billing_meter_event_session_expired",
    message: "The meter event session has expired. Create a new one and use its authentication token.",
    type: "temporary_session_expired",
  });
}

/** A session reports for the account that opened it. */
export function sessionAccount({ store }: World, token: string): string | null {
  return store.holder(["meter_sessions"], token);
}

export function notAMeterSession(): ApiError {
  return new ApiError(401, {
    message: "The meter event stream needs the authentication token of a meter event session.",
    type: "invalid_request_error",
  });
}

function onlyTheStream(): ApiError {
  return new ApiError(401, {
    code: "secret_key_required",
    message: "The token of a meter event session opens only the meter event stream.",
    type: "invalid_request_error",
  });
}
