import { Search, X } from "lucide-react";
import { type ComponentProps, useEffect, useRef } from "react";
import { cn } from "./class-names";
import { controlLook } from "./input";
import { Kbd } from "./kbd";
import { useWords } from "./locale";

interface SearchInputProps extends Omit<ComponentProps<"input">, "type" | "value" | "onChange"> {
  value: string;
  onChange: (value: string) => void;
  label?: string;
  /** Lets "/" move the focus here; off where single-key shortcuts are switched off. */
  shortcut?: boolean;
}

export function SearchInput({
  value,
  onChange,
  label,
  shortcut = true,
  className,
  ...props
}: SearchInputProps) {
  const words = useWords();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (!shortcut) return;
    function focusOnSlash(event: KeyboardEvent) {
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target))
        return;
      event.preventDefault();
      input.current?.focus();
    }
    document.addEventListener("keydown", focusOnSlash);
    return () => document.removeEventListener("keydown", focusOnSlash);
  }, [shortcut]);

  return (
    <search className={cn("relative block", className)}>
      <Search
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-3 size-4 -translate-y-1/2 text-quiet"
      />
      <input
        ref={input}
        type="search"
        aria-label={label ?? words.search}
        aria-keyshortcuts={shortcut ? "/" : undefined}
        placeholder={label ?? words.search}
        autoComplete="off"
        spellCheck={false}
        {...props}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          if (value) onChange("");
          else input.current?.blur();
        }}
        className={cn(
          controlLook,
          "peer h-(--control-height) pr-9 pl-9 [&::-webkit-search-cancel-button]:hidden",
        )}
      />
      {value ? (
        <button
          type="button"
          aria-label={words.clear}
          className="absolute top-1/2 right-1.5 inline-flex size-6 -translate-y-1/2 items-center justify-center rounded-md text-quiet hover:bg-hover hover:text-ink"
          onClick={() => {
            onChange("");
            input.current?.focus();
          }}
        >
          <X aria-hidden className="size-4" />
        </button>
      ) : null}
      {shortcut && !value ? (
        <Kbd
          aria-hidden
          className="pointer-events-none absolute top-1/2 right-2 -translate-y-1/2 peer-focus:hidden max-sm:hidden"
        >
          /
        </Kbd>
      ) : null}
    </search>
  );
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches("input, textarea, select, [role=dialog] *");
}
