import { useEffect } from "react";

export function useScreenTitle(title: string | undefined): void {
  useEffect(() => {
    document.title = title ? `${title} · Farebox console` : "Farebox console";
  }, [title]);
}
