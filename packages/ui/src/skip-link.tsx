import { useWords } from "./locale";

export const contentId = "content";

export function SkipLink() {
  const words = useWords();
  return (
    <a
      href={`#${contentId}`}
      className="sr-only z-50 rounded-md bg-raised px-4 py-2 font-medium text-accent-text focus:not-sr-only focus:fixed! focus:top-2 focus:left-2"
    >
      {words.skipToContent}
    </a>
  );
}
