import { X } from "lucide-react";
import * as Primitive from "radix-ui/dialog";
import type { ReactNode } from "react";
import { IconButton } from "./button";
import { cn } from "./class-names";
import { useFocusReturn } from "./focus-return";
import { useWords } from "./locale";
import { OverlayHeading } from "./overlay-heading";

export interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  description?: ReactNode;
  /** Buttons at the end, the one primary action last. */
  footer?: ReactNode;
  /** Refuses Escape, the backdrop and the close button, for as long as money is moving. */
  locked?: boolean;
  className?: string;
  children?: ReactNode;
}

/** Focus moves in, stays in, and returns to what opened it. */
export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  footer,
  locked,
  className,
  children,
}: DialogProps) {
  const words = useWords();
  const focusReturn = useFocusReturn();
  return (
    <Primitive.Root open={open} onOpenChange={(next) => (next || !locked ? onOpenChange(next) : undefined)}>
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-40 animate-fade bg-overlay" />
        <Primitive.Content
          {...focusReturn}
          {...(description ? {} : { "aria-describedby": undefined })}
          className={cn(
            "fixed inset-x-4 top-[max(1rem,12dvh)] z-50 mx-auto flex max-h-[76dvh] max-w-lg animate-enter flex-col rounded-lg border bg-raised text-body shadow-float",
            className,
          )}
        >
          <header className="flex items-start gap-3 px-6 pt-6 pb-4">
            <OverlayHeading title={title} description={description} />
            <Primitive.Close asChild>
              <IconButton label={words.close} size="icon-sm" className="-mt-1 -mr-2" disabled={locked}>
                <X aria-hidden />
              </IconButton>
            </Primitive.Close>
          </header>
          {children ? <div className="min-h-0 overflow-y-auto px-6 pt-1 pb-6">{children}</div> : null}
          {footer ? <footer className={dialogFooter}>{footer}</footer> : null}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

export const dialogFooter =
  "flex flex-col-reverse gap-2 border-t bg-sunken px-6 py-4 rounded-b-lg sm:flex-row sm:justify-end";
