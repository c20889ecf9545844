import { PanelLeftClose, PanelLeftOpen } from "lucide-react";
import { type ReactNode, useState } from "react";
import { IconButton } from "./button";
import { cn } from "./class-names";
import { useWords } from "./locale";
import { contentId, SkipLink } from "./skip-link";

const storageKey = "farebox-rail";

interface ConsoleShellProps {
  /** The mark shown in the rail of 64 px. */
  mark: ReactNode;
  /** Mark and name, in the rail of 220 px. */
  brand: ReactNode;
  /** Middle of the top bar: search, later the command bar. */
  command?: ReactNode;
  /** Right edge of the top bar: mode, theme, account. */
  actions?: ReactNode;
  /** `NavLink`s and `NavGroup`s. */
  navigation: ReactNode;
  /** A `Banner` with `flush`, above everything and always in view. */
  banner?: ReactNode;
  /** Tables go edge to edge: the shell gives no padding, `ConsolePage` does. */
  children: ReactNode;
}

/** Dense and quick. The document carries `data-density="compact"`. */
export function ConsoleShell({
  mark,
  brand,
  command,
  actions,
  navigation,
  banner,
  children,
}: ConsoleShellProps) {
  const words = useWords();
  const { narrow, toggle } = useRail();
  return (
    <div className="flex h-dvh flex-col">
      <SkipLink />
      {banner}
      <div className="flex min-h-0 flex-1">
        <aside
          className={cn(
            "group/nav fixed inset-x-0 bottom-0 z-30 border-t bg-raised sm:static sm:flex sm:w-16 sm:shrink-0 sm:flex-col sm:border-t-0 sm:border-r",
            narrow ? "lg:w-16" : "lg:w-[220px]",
          )}
          data-rail={narrow || undefined}
        >
          <div className="hidden h-14 shrink-0 items-center px-5 sm:flex">
            <span className={cn(!narrow && "lg:hidden")}>{mark}</span>
            <span className={cn("hidden", !narrow && "lg:block")}>{brand}</span>
          </div>
          <nav
            aria-label={words.navigation}
            className="flex h-14 overflow-x-auto sm:h-auto sm:flex-1 sm:flex-col sm:gap-0.5 sm:overflow-y-auto sm:px-3 sm:py-2"
          >
            {navigation}
          </nav>
          <div className="hidden p-3 lg:block">
            <IconButton
              label={narrow ? words.expandNavigation : words.collapseNavigation}
              aria-expanded={!narrow}
              onClick={toggle}
            >
              {narrow ? <PanelLeftOpen aria-hidden /> : <PanelLeftClose aria-hidden />}
            </IconButton>
          </div>
        </aside>
        <div className="flex min-w-0 flex-1 flex-col">
          <header className="flex h-14 shrink-0 items-center gap-3 border-b bg-raised px-4">
            <span className="sm:hidden">{mark}</span>
            <div className="min-w-0 max-w-md flex-1">{command}</div>
            <div className="ml-auto flex items-center gap-1">{actions}</div>
          </header>
          <main
            id={contentId}
            tabIndex={-1}
            className="@container/main relative min-h-0 flex-1 scroll-pt-12 overflow-auto outline-none!"
          >
            <div className="min-w-fit pb-20 sm:pb-8">{children}</div>
          </main>
        </div>
      </div>
    </div>
  );
}

/** The padded part of a console page: headers, filters, forms. Stays in view when a wide table is scrolled. */
export function ConsolePage({ className, children }: { className?: string; children: ReactNode }) {
  return <div className={cn("sticky left-0 w-[100cqw] base:pt-4 px-4", className)}>{children}</div>;
}

function useRail(): { narrow: boolean; toggle: () => void } {
  const [narrow, setNarrow] = useState(readNarrow);
  function toggle() {
    setNarrow(!narrow);
    try {
      window.localStorage.setItem(storageKey, narrow ? "wide" : "narrow");
    } catch {
      return;
    }
  }
  return { narrow, toggle };
}

function readNarrow(): boolean {
  try {
    return window.localStorage.getItem(storageKey) === "narrow";
  } catch {
    return false;
  }
}
