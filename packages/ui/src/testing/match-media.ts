/** jsdom has no media queries: this one answers for the colour scheme and can change its mind. */
export function stubColorScheme(scheme: "light" | "dark"): { change: (next: "light" | "dark") => void } {
  let current = scheme;
  const events = new EventTarget();
  window.matchMedia = (query) => ({
    get matches() {
      return query === `(prefers-color-scheme: ${current})`;
    },
    media: query,
    onchange: null,
    addEventListener: events.addEventListener.bind(events),
    removeEventListener: events.removeEventListener.bind(events),
    addListener: () => undefined,
    removeListener: () => undefined,
    dispatchEvent: events.dispatchEvent.bind(events),
  });
  return {
    change(next) {
      current = next;
      events.dispatchEvent(new Event("change"));
    },
  };
}
