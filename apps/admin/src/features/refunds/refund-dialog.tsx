import type { InvoiceDetail, RefundView } from "@farebox/billing";
import { Button } from "@farebox/ui/button";
import { Dialog } from "@farebox/ui/dialog";
import { useFormatMoney } from "@farebox/ui/money";
import { toast } from "@farebox/ui/toast";
import { type FormEvent, useId, useState } from "react";
import { parseAmount } from "./parse-amount";
import { RefundFields, type RefundForm, startingForm } from "./refund-fields";
import { refundTarget } from "./refund-preview";
import { RefundPreview } from "./refund-preview-box";
import { RefundProblemBanner } from "./refund-problem-banner";
import { useRefund } from "./use-refund";

interface RefundDialogProps {
  invoice: InvoiceDetail;
  onClose: () => void;
}

/** Mounted when it opens: the form and its operation id begin anew with each opening. */
export function RefundDialog({ invoice, onClose }: RefundDialogProps) {
  const formId = useId();
  const say = useFormatMoney();
  const announce = useAnnouncement(invoice);
  const [form, setForm] = useState<RefundForm>(() => startingForm(invoice));
  const [tried, setTried] = useState(false);
  const { send, pending, problem, undecided } = useRefund(invoice, (refund) => {
    announce(refund);
    onClose();
  });

  const parsed = parseAmount(form.amountText, invoice.currency);
  const over = !undecided && parsed.ok && parsed.amount > invoice.refundable;
  const amount = undecided?.amount ?? (parsed.ok && !over ? parsed.amount : null);
  const closed = problem?.kind === "closed" || problem?.kind === "waiting";
  const again = problem?.kind === "repeatable";

  function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (amount !== null) send({ amount, reason: form.reason, note: form.note });
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      locked={pending}
      title={`Refund invoice ${invoice.number ?? ""}`.trim()}
      footer={
        <>
          <Button onClick={onClose} disabled={pending}>
            {closed ? "Close" : "Cancel"}
          </Button>
          {closed ? null : (
            <Button type="submit" form={formId} variant="primary" pending={pending}>
              {buttonText(again, amount === null ? "" : say(amount, invoice.currency))}
            </Button>
          )}
        </>
      }
    >
      <form id={formId} onSubmit={submit} noValidate className="grid gap-4">
        {problem ? <RefundProblemBanner problem={problem} /> : null}
        {closed ? null : (
          <>
            <RefundFields
              form={form}
              onChange={setForm}
              invoice={invoice}
              disabled={undecided !== null}
              problem={amountProblem(
                parsed,
                over && `At most ${say(invoice.refundable, invoice.currency)} is left.`,
                tried,
              )}
            />
            {amount === null || again ? null : <RefundPreview invoice={invoice} amount={amount} />}
          </>
        )}
      </form>
    </Dialog>
  );
}

type Parsed = ReturnType<typeof parseAmount>;

const buttonText = (again: boolean, amount: string) =>
  `${again ? "Ask again: refund" : "Refund"} ${amount}`.trim();

/** Too much is said at once; a text that is not finished yet only when the button was pressed. */
function amountProblem(parsed: Parsed, over: string | false, tried: boolean): string | undefined {
  if (over) return over;
  return tried && !parsed.ok ? parsed.problem : undefined;
}

function useAnnouncement(invoice: InvoiceDetail) {
  const say = useFormatMoney();
  return (refund: RefundView) => {
    const amount = say(refund.amount, refund.currency);
    const target = refundTarget(invoice.payments, refund.amount);
    if (refund.status === "succeeded") toast.success(`Refunded ${amount} to ${target}`);
    else if (refund.status === "requires_action") {
      toast.warning(`The refund of ${amount} waits for the customer`, {
        description: "Stripe has asked them by email.",
      });
    } else toast.info(`The refund of ${amount} to ${target} is on its way`);
  };
}
