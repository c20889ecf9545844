import { createRoute } from "@tanstack/react-router";
import { InvoiceScreen } from "../features/invoices/invoice-screen";
import { consoleRoute } from "./console";

export const invoiceRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: "/invoices/$invoiceId",
  component: function Invoice() {
    const { invoiceId } = invoiceRoute.useParams();
    return <InvoiceScreen key={invoiceId} invoiceId={invoiceId} />;
  },
});
