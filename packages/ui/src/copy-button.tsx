import { Check, Copy, X } from "lucide-react";
import { useEffect, useState } from "react";
import { cn } from "./class-names";
import { useWords } from "./locale";

type CopyResult = "idle" | "copied" | "failed";

const icons = { idle: Copy, copied: Check, failed: X };

interface CopyButtonProps {
  text: string;
  label?: string;
  className?: string;
}

export function CopyButton({ text, label, className }: CopyButtonProps) {
  const words = useWords();
  const [result, setResult] = useState<CopyResult>("idle");
  useEffect(() => {
    if (result === "idle") return;
    const timer = setTimeout(() => setResult("idle"), 2000);
    return () => clearTimeout(timer);
  }, [result]);

  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
      setResult("copied");
    } catch {
      setResult("failed");
    }
  }

  const Icon = icons[result];
  const answer = { idle: "", copied: words.copied, failed: words.copyFailed }[result];
  const name = label ?? words.copy;
  return (
    <>
      <button
        type="button"
        onClick={copy}
        aria-label={name}
        title={answer || name}
        className={cn(
          "inline-flex size-6 shrink-0 items-center justify-center rounded-md text-quiet transition-colors hover:bg-hover hover:text-ink",
          className,
        )}
      >
        <Icon aria-hidden className="size-3.5" />
      </button>
      <span role="status" className="sr-only">
        {answer}
      </span>
    </>
  );
}

/** An id in monospace with a button that copies all of it, also where it is cut. */
export function IdText({ id, className }: { id: string; className?: string }) {
  const words = useWords();
  return (
    <span className={cn("inline-flex min-w-0 base:max-w-full items-center gap-1", className)}>
      <code className="truncate font-mono text-[0.92em]">{id}</code>
      <CopyButton text={id} label={`${words.copy}: ${id}`} />
    </span>
  );
}
