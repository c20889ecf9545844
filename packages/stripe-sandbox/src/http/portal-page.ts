import { type Context, Hono } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { hostedPage, hostedSecurity } from "../browser/hosted-page";
import { isExpired, openSession, visitOf } from "../resources/portal/access";
import { act } from "../resources/portal/act";
import { logIn } from "../resources/portal/login";
import { recover } from "../resources/portal/recover";
import { portalState } from "../resources/portal/state";
import type { PortalSession } from "../tables";
import type { OpenTx, Tx } from "../transaction";
import { byTime, type World } from "../world";
import { asForm, readJson } from "./bodies";
import { ApiError } from "./errors";
import { inSession } from "./portal-session";

const cookie = "portal";

/** The customer portal: the address of a session is the key to it, once. */
export function portalPageRoutes(world: World): Hono {
  const routes = new Hono();
  routes.get("/p/session/:token", (context) => {
    const token = context.req.param("token");
    const opened = inSession(world, token, (tx, session) => open(tx, session, getCookie(context, cookie)));
    if (opened)
      setCookie(context, cookie, opened, { httpOnly: true, path: `/p/session/${token}`, sameSite: "Lax" });
    return context.body(hostedPage({ title: "Billing", script: "portal" }), 200, hostedSecurity);
  });
  routes.get("/p/session/:token/state", (context) =>
    answer(context, world, (tx, session) => {
      openSession(tx, session, getCookie(context, cookie));
      return portalState(tx, visitOf(tx, session));
    }),
  );
  routes.post("/p/session/:token/log_in", async (context) => {
    const { email } = await readJson(context);
    const token = context.req.param("token");
    const secret = inSession(world, token, (tx, session) => recover(tx, session, email));
    setCookie(context, cookie, secret, { httpOnly: true, path: `/p/session/${token}`, sameSite: "Lax" });
    return context.json({ opened: true });
  });
  routes.post("/p/session/:token/:action", async (context) => {
    const raw = asForm(await readJson(context));
    return answer(context, world, (tx, session) => {
      openSession(tx, session, getCookie(context, cookie));
      return act(tx, tx.need("portal_sessions", session.id), context.req.param("action") ?? "", raw);
    });
  });
  routes.get("/p/login/:token", (context) =>
    context.body(hostedPage({ title: "Log in", script: "portal" }), 200, hostedSecurity),
  );
  routes.post("/p/login/:token", async (context) => {
    const { email } = await readJson(context);
    return context.json(world.transact(byTime, (tx) => logIn(tx, context.req.param("token"), email)));
  });
  routes.onError((error) => {
    if (!(error instanceof ApiError)) throw error;
    return Response.json(
      { error: error.body },
      { status: error.status, headers: { "cache-control": "no-store" } },
    );
  });
  return routes;
}

function answer(context: Context, world: World, work: (tx: Tx, session: PortalSession) => object): Response {
  const body = inSession(world, context.req.param("token") ?? "", work);
  return context.json(body, 200, { "cache-control": "no-store" });
}

/** An address that is no good any more still shows a page that says so. */
function open(tx: OpenTx, session: PortalSession, browser: string | undefined): string | undefined {
  try {
    return openSession(tx, session, browser);
  } catch (error) {
    if (isExpired(error)) return undefined;
    throw error;
  }
}
