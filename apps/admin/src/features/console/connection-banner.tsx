import { Banner } from "@farebox/ui/banner";
import { useSyncExternalStore } from "react";
import type { LiveState } from "./use-live-changes";

export function ConnectionBanner({ state }: { state: LiveState }) {
  const online = useOnline();
  if (online && state !== "interrupted") return null;
  return (
    <Banner
      flush
      tone="warning"
      role="status"
      title={online ? "Live updates are interrupted." : "You are offline."}
    >
      What you see may be old. We connect again by ourselves.
    </Banner>
  );
}

function useOnline(): boolean {
  return useSyncExternalStore(subscribe, () => navigator.onLine);
}

function subscribe(listener: () => void): () => void {
  window.addEventListener("online", listener);
  window.addEventListener("offline", listener);
  return () => {
    window.removeEventListener("online", listener);
    window.removeEventListener("offline", listener);
  };
}
