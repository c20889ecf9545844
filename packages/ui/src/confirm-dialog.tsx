import * as AlertDialog from "radix-ui/alert-dialog";
import type { ReactNode } from "react";
import { Banner } from "./banner";
import { Button } from "./button";
import { dialogFooter } from "./dialog";
import { useFocusReturn } from "./focus-return";
import { useWords } from "./locale";

interface ConfirmDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** The question, with the amount or the date in it. */
  title: ReactNode;
  /** The consequence, before the button. */
  description: ReactNode;
  /** What the button does, with its amount: "Pay 14.52 EUR now". */
  confirmLabel: ReactNode;
  cancelLabel?: ReactNode;
  onConfirm: () => void;
  tone?: "primary" | "danger";
  pending?: boolean;
  disabled?: boolean;
  error?: ReactNode;
  children?: ReactNode;
}

/** Stays open until the app closes it, so that the answer of the server is seen where the question was. */
export function ConfirmDialog({
  open,
  onOpenChange,
  title,
  description,
  confirmLabel,
  cancelLabel,
  onConfirm,
  tone = "primary",
  pending,
  disabled,
  error,
  children,
}: ConfirmDialogProps) {
  const words = useWords();
  const focusReturn = useFocusReturn();
  return (
    <AlertDialog.Root open={open} onOpenChange={(next) => (pending ? undefined : onOpenChange(next))}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="fixed inset-0 z-40 animate-fade bg-overlay" />
        <AlertDialog.Content
          {...focusReturn}
          className="fixed inset-x-4 top-[max(1rem,16dvh)] z-50 mx-auto flex max-h-[76dvh] max-w-md animate-enter flex-col rounded-lg border bg-raised text-body shadow-float"
        >
          <div className="grid min-h-0 gap-4 overflow-y-auto p-6">
            <div>
              <AlertDialog.Title className="text-xl">{title}</AlertDialog.Title>
              <AlertDialog.Description className="mt-2 text-quiet">{description}</AlertDialog.Description>
            </div>
            {children}
            {error ? <Banner tone="danger" role="alert" title={error} /> : null}
          </div>
          <footer className={dialogFooter}>
            <AlertDialog.Cancel asChild>
              <Button disabled={pending}>{cancelLabel ?? words.cancel}</Button>
            </AlertDialog.Cancel>
            <Button variant={tone} pending={pending} disabled={disabled} onClick={onConfirm}>
              {confirmLabel}
            </Button>
          </footer>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
