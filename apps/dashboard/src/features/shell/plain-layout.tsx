import { Brand } from "@farebox/ui/brand-mark";
import { SkipLink } from "@farebox/ui/skip-link";
import type { ReactNode } from "react";

/** For pages outside the account: one narrow column, nothing to navigate. */
export function PlainLayout({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col">
      <SkipLink />
      <header className="px-4 py-4 sm:px-6">
        <Brand name="Farebox" />
      </header>
      <main
        id="content"
        tabIndex={-1}
        className="mx-auto w-full max-w-md flex-1 px-4 pt-8 pb-16 outline-none! sm:pt-16"
      >
        {children}
      </main>
    </div>
  );
}
