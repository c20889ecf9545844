import type { InvoiceDetail } from "@farebox/billing";
import type { CreateRefundInput } from "@farebox/billing/schemas";
import { refundReasons } from "@farebox/billing/schemas";
import { Field } from "@farebox/ui/field";
import { Input } from "@farebox/ui/input";
import { useFormatMoney } from "@farebox/ui/money";
import { Select } from "@farebox/ui/select";
import { Textarea } from "@farebox/ui/textarea";
import { useEffect, useRef } from "react";
import { amountText } from "./parse-amount";

type Reason = CreateRefundInput["reason"];

export interface RefundForm {
  amountText: string;
  reason: Reason;
  note: string;
}

export const startingForm = (invoice: InvoiceDetail): RefundForm => ({
  amountText: amountText(invoice.refundable, invoice.currency),
  reason: "requested_by_customer",
  note: "",
});

const reasonWords: Record<Reason, string> = {
  requested_by_customer: "Requested by customer",
  duplicate: "Duplicate",
  fraudulent: "Fraudulent",
};

interface RefundFieldsProps {
  form: RefundForm;
  onChange: (form: RefundForm) => void;
  invoice: InvoiceDetail;
  disabled: boolean;
  problem: string | undefined;
}

export function RefundFields({ form, onChange, invoice, disabled, problem }: RefundFieldsProps) {
  const say = useFormatMoney();
  const amountInput = useFocusAfterOpening();
  const reason = refundReasons.find((word) => word === form.reason) ?? form.reason;
  return (
    <fieldset disabled={disabled} className="grid min-w-0 gap-4">
      <Field
        label={`Amount in ${invoice.currency.toUpperCase()}`}
        description={`At most ${say(invoice.refundable, invoice.currency)}.`}
        error={problem}
      >
        <Input
          inputMode="decimal"
          autoComplete="off"
          ref={amountInput}
          value={form.amountText}
          onFocus={(event) => event.target.select()}
          onChange={(event) => onChange({ ...form, amountText: event.target.value })}
          className="tabular-nums"
        />
      </Field>
      <Field
        label="Reason"
        description={
          reason === "fraudulent" ? "Stripe also puts the card and the email on its block lists." : undefined
        }
      >
        <Select
          value={reason}
          onChange={(event) =>
            onChange({ ...form, reason: refundReasons.find((word) => word === event.target.value) ?? reason })
          }
        >
          {refundReasons.map((word) => (
            <option key={word} value={word}>
              {reasonWords[word]}
            </option>
          ))}
        </Select>
      </Field>
      <Field label="Internal note" description="Only staff see it, in the timeline." optional>
        <Textarea
          rows={2}
          maxLength={500}
          value={form.note}
          onChange={(event) => onChange({ ...form, note: event.target.value })}
        />
      </Field>
    </fieldset>
  );
}

/** A frame later than `autoFocus`: the dialog must first have seen what to give the focus back to. */
function useFocusAfterOpening() {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const frame = requestAnimationFrame(() => input.current?.focus());
    return () => cancelAnimationFrame(frame);
  }, []);
  return input;
}
