import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { queries } from "../lib/trpc";
import { signedInRoute } from "./signed-in";

export const invoiceRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/invoices/$invoiceId",
  loader: ({ params }) => void queries.invoices.get.prefetch({ invoiceId: params.invoiceId }),
  component: lazyRouteComponent(() => import("../features/invoices/invoice-page"), "InvoicePage"),
});
