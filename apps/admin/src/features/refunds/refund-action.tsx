import type { InvoiceDetail } from "@farebox/billing";
import { Button } from "@farebox/ui/button";
import { Undo2 } from "lucide-react";
import { lazy, Suspense, useEffect, useId, useState } from "react";
import { useStaff } from "../session/use-staff";
import { refundAvailability } from "./refund-availability";

// The dialog brings the input schemas with it; screens that only read do without them.
const loadDialog = () => import("./refund-dialog");
const RefundDialog = lazy(async () => ({ default: (await loadDialog()).RefundDialog }));

/** Stays focusable where it may not be pressed, so that the reason beside it is heard too. */
export function RefundAction({ invoice }: { invoice: InvoiceDetail }) {
  const [open, setOpen] = useState(false);
  const reasonId = useId();
  const availability = refundAvailability(invoice, useStaff()?.role);
  useEffect(() => {
    if (availability.allowed) void loadDialog();
  }, [availability.allowed]);
  const reason = availability.allowed ? null : availability.reason;
  return (
    <div className="grid max-w-full justify-items-start gap-1 sm:justify-items-end">
      <Button
        variant={reason ? "secondary" : "primary"}
        aria-disabled={reason ? true : undefined}
        aria-describedby={reason ? reasonId : undefined}
        className="aria-disabled:opacity-50"
        onClick={() => (reason ? undefined : setOpen(true))}
      >
        <Undo2 aria-hidden />
        Refund
      </Button>
      {reason ? (
        <p id={reasonId} className="text-cell text-quiet">
          {reason}
        </p>
      ) : null}
      {open ? (
        <Suspense>
          <RefundDialog invoice={invoice} onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </div>
  );
}
