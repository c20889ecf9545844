import type { ReactNode } from "react";
import { useWords } from "./locale";
import { contentId, SkipLink } from "./skip-link";

interface DashboardShellProps {
  /** Usually a link home around `<Brand>`. */
  brand: ReactNode;
  /** Which account is looked at. */
  switcher?: ReactNode;
  /** Right edge of the top bar: language, theme, account. */
  actions?: ReactNode;
  /** `NavLink`s, at most five: they are the bar below on a phone. */
  navigation: ReactNode;
  /** A `Banner` with `flush`, under the top bar. */
  banner?: ReactNode;
  children: ReactNode;
}

/** Calm and roomy: one column of at most 960 px. */
export function DashboardShell({
  brand,
  switcher,
  actions,
  navigation,
  banner,
  children,
}: DashboardShellProps) {
  const words = useWords();
  return (
    <div className="flex min-h-dvh flex-col">
      <SkipLink />
      <header className="sticky top-0 z-30 border-b bg-raised">
        <div className="flex h-14 items-center gap-3 px-4 sm:px-6">
          {brand}
          {switcher ? (
            <>
              <span aria-hidden="true" className="h-5 w-px rotate-12 bg-control" />
              <div className="min-w-0">{switcher}</div>
            </>
          ) : null}
          <div className="ml-auto flex items-center gap-1">{actions}</div>
        </div>
      </header>
      {banner}
      <div className="flex flex-1 flex-col lg:flex-row">
        <nav
          aria-label={words.navigation}
          className="group/nav fixed inset-x-0 bottom-0 z-30 flex h-14 border-t bg-raised pb-[env(safe-area-inset-bottom)] sm:static sm:h-auto sm:gap-1 sm:overflow-x-auto sm:border-t-0 sm:border-b sm:px-4 sm:py-2 lg:sticky lg:top-14 lg:h-[calc(100dvh-3.5rem)] lg:w-[220px] lg:shrink-0 lg:flex-col lg:overflow-y-auto lg:border-b-0 lg:bg-transparent lg:px-4 lg:py-6"
        >
          {navigation}
        </nav>
        <main
          id={contentId}
          tabIndex={-1}
          className="mx-auto w-full min-w-0 max-w-[calc(960px+4rem)] flex-1 px-4 pt-8 pb-24 outline-none! sm:px-8 sm:pb-16"
        >
          {children}
        </main>
      </div>
    </div>
  );
}
