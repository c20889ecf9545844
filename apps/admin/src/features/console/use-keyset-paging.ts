import { useLocation } from "@tanstack/react-router";

type Go = (cursor: string | undefined, state: { trail: string[] }) => Promise<void>;

/** Keyset pages: the cursor is in the address, the way back in the history entry, so both survive a reload. */
export function useKeysetPaging(cursor: string | undefined, nextCursor: string | null, go: Go) {
  const trail = useLocation({ select: ({ state }) => state.trail }) ?? [];
  return {
    older() {
      if (nextCursor) void go(nextCursor, { trail: [...trail, cursor ?? ""] });
    },
    /** An address opened directly has no way back but the first page. */
    newer() {
      void go(trail.at(-1) || undefined, { trail: trail.slice(0, -1) });
    },
  };
}
