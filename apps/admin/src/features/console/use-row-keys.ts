import { type RefObject, useEffect } from "react";
import { useSingleKeys } from "./single-keys";

/** j and k move the focus from row to row of the table inside; Enter is the row's own. */
export function useRowKeys(container: RefObject<HTMLElement | null>): void {
  const enabled = useSingleKeys();
  useEffect(() => {
    if (!enabled) return;
    function moveRow(event: KeyboardEvent) {
      const step = { j: 1, k: -1 }[event.key];
      if (!step || event.ctrlKey || event.metaKey || event.altKey || isBusy(event.target)) return;
      const rows = [...(container.current?.querySelectorAll<HTMLElement>("tbody tr[tabindex]") ?? [])];
      const at = rows.findIndex((row) => row.contains(document.activeElement));
      const next = at === -1 ? rows[0] : rows[at + step];
      if (!next) return;
      event.preventDefault();
      next.focus();
    }
    document.addEventListener("keydown", moveRow);
    return () => document.removeEventListener("keydown", moveRow);
  }, [container, enabled]);
}

/** "?" shows the keys there are. */
export function useHelpKey(show: () => void): void {
  const enabled = useSingleKeys();
  useEffect(() => {
    if (!enabled) return;
    function help(event: KeyboardEvent) {
      if (event.key !== "?" || event.ctrlKey || event.metaKey || event.altKey || isBusy(event.target)) return;
      event.preventDefault();
      show();
    }
    document.addEventListener("keydown", help);
    return () => document.removeEventListener("keydown", help);
  }, [enabled, show]);
}

function isBusy(target: EventTarget | null): boolean {
  if (document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"]')) return true;
  return (
    target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"))
  );
}
