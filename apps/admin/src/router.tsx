import { createRouter } from "@tanstack/react-router";
import { parseSearchString, writeSearchString } from "./lib/search-string";
import { consoleRoute } from "./routes/console";
import { customerRoute } from "./routes/customer";
import { customersRoute } from "./routes/customers";
import { driftRoute } from "./routes/drift";
import { indexRoute } from "./routes/index";
import { invoiceRoute } from "./routes/invoice";
import { rootRoute } from "./routes/root";
import { signInRoute } from "./routes/sign-in";
import { webhooksRoute } from "./routes/webhooks";

const routeTree = rootRoute.addChildren([
  signInRoute,
  consoleRoute.addChildren([
    indexRoute,
    customersRoute,
    customerRoute,
    invoiceRoute,
    webhooksRoute,
    driftRoute,
  ]),
]);

export const createConsoleRouter = () =>
  createRouter({
    routeTree,
    parseSearch: parseSearchString,
    stringifySearch: writeSearchString,
    scrollRestoration: true,
  });

export type ConsoleRouter = ReturnType<typeof createConsoleRouter>;

/** Keeps the address, so that signing in again ends where the session ended. */
export function goToSignIn(router: ConsoleRouter): void {
  const { pathname, href } = router.state.location;
  if (pathname === "/sign-in") return;
  void router.navigate({
    to: "/sign-in",
    search: { next: pathname === "/" ? undefined : href },
    replace: true,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ConsoleRouter;
  }
  interface HistoryState {
    /** Cursors of the pages before this one; a keyset has no way back of its own. */
    trail?: string[];
  }
}
