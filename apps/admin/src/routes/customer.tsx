import { createRoute } from "@tanstack/react-router";
import { CustomerScreen } from "../features/customers/customer-screen";
import { customerSearch } from "../features/customers/customer-search";
import { consoleRoute } from "./console";

export const customerRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: "/customers/$customerId",
  validateSearch: customerSearch,
  component: function Customer() {
    const { customerId } = customerRoute.useParams();
    return <CustomerScreen customerId={customerId} search={customerRoute.useSearch()} />;
  },
});
