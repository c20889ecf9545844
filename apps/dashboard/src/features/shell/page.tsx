import { PageHeader } from "@farebox/ui/page-header";
import { type ComponentProps, type ReactNode, useEffect, useRef } from "react";

interface PageProps extends ComponentProps<typeof PageHeader> {
  title: string;
}

/** Where the last page was: the first one leaves the focus where the browser put it. */
let lastPath: string | null = null;

/** One page: its title in the tab, its heading, and the focus on it when it was reached from another page. */
export function Page({ children, ...header }: PageProps & { children: ReactNode }) {
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    document.title = `${header.title} · Farebox`;
  }, [header.title]);
  useEffect(() => {
    const path = window.location.pathname;
    const arrived = lastPath !== null && lastPath !== path;
    lastPath = path;
    const heading = frame.current?.querySelector("h1");
    if (!arrived || !heading) return;
    heading.tabIndex = -1;
    heading.style.outline = "none";
    heading.focus({ preventScroll: true });
  }, []);
  return (
    <div ref={frame}>
      <PageHeader {...header} />
      {children}
    </div>
  );
}
