import {
  likelyTaxId,
  type TaxIdKindId,
  taxIdKindIds,
  taxIdKinds,
  taxIdProblem,
} from "@farebox/billing/schemas/billing-details";
import { Button } from "@farebox/ui/button";
import { Dialog } from "@farebox/ui/dialog";
import { Field } from "@farebox/ui/field";
import { Input } from "@farebox/ui/input";
import { Select } from "@farebox/ui/select";
import { toast } from "@farebox/ui/toast";
import { type FormEvent, useId, useState } from "react";
import { failureOf } from "../../lib/failure";
import { queries, trpc } from "../../lib/trpc";
import { useOperationId } from "../../lib/use-operation-id";

interface AddTaxIdProps {
  open: boolean;
  country: string;
  onClose: () => void;
}

export function AddTaxId({ open, country, onClose }: AddTaxIdProps) {
  const formId = useId();
  const [kind, setKind] = useState<TaxIdKindId>(() => likelyTaxId(country));
  const [value, setValue] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [operationId, nextOperation] = useOperationId();
  const add = trpc.billingDetails.addTaxId.useMutation();

  async function save(event: FormEvent) {
    event.preventDefault();
    if (add.isPending) return;
    const wrong = taxIdProblem(kind, value);
    setProblem(wrong);
    if (wrong) return;
    try {
      await add.mutateAsync({ operationId, kind, value });
      toast.success("The tax number was added.");
      onClose();
    } catch (error) {
      setProblem(failureOf(error).message);
    } finally {
      nextOperation();
      void queries.billingDetails.invalidate();
    }
  }

  return (
    <Dialog
      open={open}
      onOpenChange={(next) => (next ? undefined : onClose())}
      locked={add.isPending}
      title="Add a tax number"
      description="We have it checked where there is a register; that can take a while."
      footer={
        <>
          <Button onClick={onClose} disabled={add.isPending}>
            Cancel
          </Button>
          <Button type="submit" form={formId} variant="primary" pending={add.isPending}>
            Add the number
          </Button>
        </>
      }
    >
      <form id={formId} noValidate onSubmit={(event) => void save(event)} className="grid gap-4">
        <Field label="Kind">
          <Select
            value={kind}
            onChange={(event) => setKind(taxIdKindIds.find((id) => id === event.currentTarget.value) ?? kind)}
          >
            {taxIdKindIds.map((id) => (
              <option key={id} value={id}>
                {taxIdKinds[id].name}
              </option>
            ))}
          </Select>
        </Field>
        <Field label="Number" description={`Such as ${taxIdKinds[kind].example}`} error={problem} required>
          <Input
            autoComplete="off"
            maxLength={60}
            value={value}
            onChange={(event) => setValue(event.currentTarget.value)}
          />
        </Field>
      </form>
    </Dialog>
  );
}
