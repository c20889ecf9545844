import { createRoute } from "@tanstack/react-router";
import { CustomersScreen } from "../features/customers/customers-screen";
import { customersSearch } from "../features/customers/customers-search";
import { consoleRoute } from "./console";

export const customersRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: "/customers",
  validateSearch: customersSearch,
  component: function Customers() {
    return <CustomersScreen search={customersRoute.useSearch()} />;
  },
});
