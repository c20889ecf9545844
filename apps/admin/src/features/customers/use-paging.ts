import { useLocation, useNavigate } from "@tanstack/react-router";
import type { CustomersSearch } from "./customers-search";

/** Keyset pages: the cursor is in the address, the way back in the history entry, so both survive a reload. */
export function usePaging(search: CustomersSearch, nextCursor: string | null) {
  const navigate = useNavigate();
  const trail = useLocation({ select: ({ state }) => state.trail }) ?? [];

  function older() {
    if (!nextCursor) return;
    void navigate({
      to: "/customers",
      search: { ...search, cursor: nextCursor },
      state: { trail: [...trail, search.cursor ?? ""] },
    });
  }

  /** An address opened directly has no way back but the first page. */
  function newer() {
    void navigate({
      to: "/customers",
      search: { ...search, cursor: trail.at(-1) || undefined },
      state: { trail: trail.slice(0, -1) },
    });
  }
  return { older, newer };
}
