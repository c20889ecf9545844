import { createRoute } from "@tanstack/react-router";
import { filterOf, invoiceSearch } from "../features/invoices/search";
import { lazyPage } from "../features/shell/lazy-page";
import { queries } from "../lib/trpc";
import { signedInRoute } from "./signed-in";

export const invoicesRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/invoices",
  validateSearch: invoiceSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ deps }) => void queries.invoices.list.prefetch({ cursor: deps.cursor, ...filterOf(deps) }),
  component: lazyPage(() => import("../features/invoices/invoices-page"), "InvoicesPage"),
});
