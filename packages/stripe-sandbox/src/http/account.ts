import type { Context } from "hono";
import type { World } from "../world";
import { type Caller, keyFrom } from "./auth";
import { ApiError, invalid } from "./errors";
import { sessionAccount } from "./meter-session";

/** The connected account a request is made for; null is the platform itself. */
export function readAccount(world: World, { req }: Context, caller: Caller): string | null {
  const { store, settings } = world;
  if (caller === "meter_session") return sessionAccount(world, keyFrom(req.header("authorization")) ?? "");
  const [account, context] = [req.header("stripe-account"), req.header("stripe-context")];
  if (account && context) throw invalid("Use either Stripe-Account or Stripe-Context, not both.");
  const id = account || context;
  if (!id || id === settings.account.id) return null;
  if (store.get("accounts", id)) return id;
  throw new ApiError(403, {
    code: "account_invalid",
    message: `The provided key does not have access to account '${id.slice(0, 40)}' (or that account does not exist). Application access may have been revoked.`,
    type: "invalid_request_error",
  });
}
