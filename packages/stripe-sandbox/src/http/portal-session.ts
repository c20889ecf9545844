import { activeSeconds, expired, realNow, sessionByToken } from "../resources/portal/access";
import { type Acted, act } from "../resources/portal/act";
import type { PortalSession } from "../tables";
import type { OpenTx } from "../transaction";
import { byTime, type World } from "../world";
import { asForm } from "./bodies";
import { ApiError } from "./errors";

/** What the customer does has no request id. */
export function inSession<T>(
  world: World,
  token: string,
  work: (tx: OpenTx, session: PortalSession) => T,
): T {
  return keepingFailures(world, accountOf(world, token), (tx) => work(tx, sessionByToken(tx, token)));
}

/** The same without a browser, for tests. */
export function actInPortal(world: World, id: string, name: string, given: object): Acted {
  return keepingFailures(world, world.store.holder(["portal_sessions"], id), (tx) => {
    const { access } = tx.need("portal_sessions", id);
    const now = realNow(tx);
    if (access.expires <= now) throw expired();
    const session = tx.patch("portal_sessions", id, {
      access: { ...access, expires: now + activeSeconds() },
    });
    return act(tx, session, name, asForm(given));
  });
}

/** A refusal whose traces stay, as a declined card leaves them, is thrown after they are kept. */
export function keepingFailures<T>(world: World, account: string | null, work: (tx: OpenTx) => T): T {
  const end = world.transact({ ...byTime, account }, (tx): { value: T } | { error: ApiError } => {
    try {
      return { value: work(tx) };
    } catch (error) {
      if (error instanceof ApiError && error.keepsChanges) return { error };
      throw error;
    }
  });
  if ("error" in end) throw end.error;
  return end.value;
}

function accountOf(world: World, token: string): string | null {
  for (const [account, store] of world.store.scopes())
    if (store.by("portal_sessions", "access.token", token).length > 0) return account;
  return null;
}
