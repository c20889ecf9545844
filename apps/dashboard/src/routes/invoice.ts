import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "../features/shell/lazy-page";
import { queries } from "../lib/trpc";
import { signedInRoute } from "./signed-in";

export const invoiceRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/invoices/$invoiceId",
  loader: ({ params }) => void queries.invoices.get.prefetch({ invoiceId: params.invoiceId }),
  component: lazyPage(() => import("../features/invoices/invoice-page"), "InvoicePage"),
});
