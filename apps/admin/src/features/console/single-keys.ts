import { useSyncExternalStore } from "react";

const storageKey = "farebox-single-keys";
const listeners = new Set<() => void>();
let unstored = true;

/** Single letters as commands help some and hurt others (speech input), so they can be switched off. */
export function singleKeysOn(): boolean {
  try {
    return (window.localStorage.getItem(storageKey) ?? (unstored ? "on" : "off")) === "on";
  } catch {
    return unstored;
  }
}

export function setSingleKeys(on: boolean): void {
  unstored = on;
  try {
    window.localStorage.setItem(storageKey, on ? "on" : "off");
  } catch {
    unstored = on;
  }
  for (const listener of listeners) listener();
}

export function useSingleKeys(): boolean {
  return useSyncExternalStore(subscribe, singleKeysOn);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
