import { X } from "lucide-react";
import * as Primitive from "radix-ui/dialog";
import type { ReactNode } from "react";
import { IconButton } from "./button";
import { cn } from "./class-names";
import { useFocusReturn } from "./focus-return";
import { useWords } from "./locale";
import { OverlayHeading } from "./overlay-heading";

interface SheetProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  description?: ReactNode;
  /** Right of the title: a status, a menu. */
  actions?: ReactNode;
  footer?: ReactNode;
  className?: string;
  children: ReactNode;
}

/** A row's detail beside its list, 480 px wide; the app gives it its own URL. */
export function Sheet({
  open,
  onOpenChange,
  title,
  description,
  actions,
  footer,
  className,
  children,
}: SheetProps) {
  const words = useWords();
  const focusReturn = useFocusReturn();
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-40 animate-fade bg-overlay" />
        <Primitive.Content
          {...focusReturn}
          {...(description ? {} : { "aria-describedby": undefined })}
          className={cn(
            "fixed inset-y-0 right-0 z-50 flex w-full max-w-[480px] animate-enter-side flex-col border-l bg-raised text-body shadow-float",
            className,
          )}
        >
          <header className="flex items-start gap-3 border-b px-6 py-4">
            <OverlayHeading title={title} description={description} />
            {actions}
            <Primitive.Close asChild>
              <IconButton label={words.close} size="icon-sm" className="-mr-2">
                <X aria-hidden />
              </IconButton>
            </Primitive.Close>
          </header>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
          <div tabIndex={0} className="min-h-0 flex-1 overflow-y-auto p-6 -outline-offset-2">
            {children}
          </div>
          {footer ? (
            <footer className="flex flex-wrap justify-end gap-2 border-t bg-sunken px-6 py-4">
              {footer}
            </footer>
          ) : null}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
