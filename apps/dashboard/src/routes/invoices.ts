import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "../features/shell/lazy-page";
import { textParam } from "../lib/paths";
import { queries } from "../lib/trpc";
import { signedInRoute } from "./signed-in";

export const invoicesRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/invoices",
  validateSearch: (search): { cursor?: string } => ({ cursor: textParam(search.cursor) }),
  loaderDeps: ({ search }) => search,
  loader: ({ deps }) => void queries.invoices.list.prefetch({ cursor: deps.cursor }),
  component: lazyPage(() => import("../features/invoices/invoices-page"), "InvoicesPage"),
});
