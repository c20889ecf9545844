import { useRef } from "react";

/** Gives the focus back to what had it. Radix does so only for its own triggers, and our dialogs have none. */
export function useFocusReturn() {
  const opener = useRef<Element | null>(null);
  return {
    onOpenAutoFocus() {
      opener.current = openerOf(document.activeElement);
    },
    onCloseAutoFocus(event: Event) {
      event.preventDefault();
      if (opener.current instanceof HTMLElement) opener.current.focus();
    },
  };
}

/** A menu is gone by the time its dialog closes: then the button of the menu takes the focus. */
function openerOf(active: Element | null): Element | null {
  const menu = active?.closest("[role=menu]");
  const trigger = menu ? document.getElementById(menu.getAttribute("aria-labelledby") ?? "") : null;
  return trigger ?? active;
}
