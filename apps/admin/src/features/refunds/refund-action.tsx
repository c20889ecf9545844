import type { InvoiceDetail } from "@farebox/billing";
import { Button } from "@farebox/ui/button";
import { Undo2 } from "lucide-react";
import { useId, useState } from "react";
import { useStaff } from "../session/use-staff";
import { refundAvailability } from "./refund-availability";
import { RefundDialog } from "./refund-dialog";

/** Stays focusable where it may not be pressed, so that the reason beside it is heard too. */
export function RefundAction({ invoice }: { invoice: InvoiceDetail }) {
  const [open, setOpen] = useState(false);
  const reasonId = useId();
  const availability = refundAvailability(invoice, useStaff()?.role);
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
      {open ? <RefundDialog invoice={invoice} onClose={() => setOpen(false)} /> : null}
    </div>
  );
}
