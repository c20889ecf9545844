import { useSyncExternalStore } from "react";

export type Theme = "light" | "dark";
export type ThemeChoice = Theme | "system";

const storageKey = "farebox-theme";
const listeners = new Set<() => void>();

function systemTheme(): Theme {
  return window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

/** Blocked storage throws on access: the choice then lasts until the page closes. */
let unstoredChoice: ThemeChoice = "system";

export function themeChoice(): ThemeChoice {
  try {
    const stored = window.localStorage.getItem(storageKey);
    return stored === "light" || stored === "dark" ? stored : unstoredChoice;
  } catch {
    return unstoredChoice;
  }
}

function resolvedTheme(): Theme {
  const choice = themeChoice();
  return choice === "system" ? systemTheme() : choice;
}

/** Puts the chosen theme on the document; call it once before the first render. */
export function applyTheme(): void {
  document.documentElement.dataset.theme = resolvedTheme();
}

export function chooseTheme(choice: ThemeChoice): void {
  try {
    if (choice === "system") window.localStorage.removeItem(storageKey);
    else window.localStorage.setItem(storageKey, choice);
  } catch {
    unstoredChoice = choice;
  }
  announce();
}

function announce() {
  applyTheme();
  for (const listener of listeners) listener();
}

function announceFromOtherTab(event: StorageEvent) {
  if (event.key === storageKey || event.key === null) announce();
}

function subscribe(listener: () => void): () => void {
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  if (listeners.size === 0) {
    system.addEventListener("change", announce);
    window.addEventListener("storage", announceFromOtherTab);
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    system.removeEventListener("change", announce);
    window.removeEventListener("storage", announceFromOtherTab);
  };
}

export function useTheme(): { choice: ThemeChoice; theme: Theme; choose: (choice: ThemeChoice) => void } {
  const choice = useSyncExternalStore(subscribe, themeChoice);
  const theme = useSyncExternalStore(subscribe, resolvedTheme);
  return { choice, theme, choose: chooseTheme };
}
