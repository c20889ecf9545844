import { ExternalLink } from "lucide-react";
import { Slot } from "radix-ui/slot";
import type { ComponentProps } from "react";
import { cn } from "./class-names";
import { useWords } from "./locale";

const look = "rounded-md font-medium text-accent-text base:underline underline-offset-4 hover:decoration-2";

interface TextLinkProps extends ComponentProps<"a"> {
  /** Renders the only child (a router link) with the look of a link. */
  asChild?: boolean;
  /** Leaves the app: opens a new tab and says so. */
  external?: boolean;
}

export function TextLink({ asChild, external, className, children, ...props }: TextLinkProps) {
  const words = useWords();
  if (asChild) {
    return (
      <Slot className={cn(look, className)} {...props}>
        {children}
      </Slot>
    );
  }
  if (!external) {
    return (
      <a className={cn(look, className)} {...props}>
        {children}
      </a>
    );
  }
  return (
    <a className={cn(look, className)} target="_blank" rel="noreferrer" {...props}>
      {children}
      <ExternalLink aria-hidden className="ml-1 inline size-3.5 align-[-0.125em]" />
      <span className="sr-only"> ({words.opensNewTab})</span>
    </a>
  );
}
