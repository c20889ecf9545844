import { useNavigate } from "@tanstack/react-router";
import { useKeysetPaging } from "../console/use-keyset-paging";
import type { CustomersSearch } from "./customers-search";

export function usePaging(search: CustomersSearch, nextCursor: string | null) {
  const navigate = useNavigate();
  return useKeysetPaging(search.cursor, nextCursor, (cursor, state) =>
    navigate({ to: "/customers", search: { ...search, cursor }, state }),
  );
}
