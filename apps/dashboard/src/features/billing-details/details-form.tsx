import type { BillingDetailsView } from "@farebox/billing";
import { Banner } from "@farebox/ui/banner";
import { Button } from "@farebox/ui/button";
import { Card, CardContent, CardFooter, CardHeader } from "@farebox/ui/card";
import { toast } from "@farebox/ui/toast";
import { type FormEvent, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { failureOf } from "../../lib/failure";
import { queries, trpc } from "../../lib/trpc";
import { useOperationId } from "../../lib/use-operation-id";
import { AddressFields } from "./address-fields";
import { ContactFields } from "./contact-fields";
import {
  addressIn,
  type DetailsDraft,
  type DetailsErrors,
  type DetailsField,
  detailsErrors,
  draftOf,
} from "./details-form-state";
import { isInvoiceLanguage } from "./languages";

interface DetailsFormProps {
  view: BillingDetailsView;
  mayChange: boolean;
}

export function DetailsForm({ view, mayChange }: DetailsFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const [saved, setSaved] = useState(() => draftOf(view));
  const [draft, setDraft] = useState(saved);
  const [errors, setErrors] = useState<DetailsErrors>({});
  const [operationId, nextOperation] = useOperationId();
  const update = trpc.billingDetails.update.useMutation();
  const isChanged = JSON.stringify(draft) !== JSON.stringify(saved);

  function change(field: DetailsField, value: string) {
    setDraft((known) => ({ ...known, [field]: value }));
    setErrors(({ [field]: _, ...others }) => others);
  }

  async function save(event: FormEvent) {
    event.preventDefault();
    if (update.isPending) return;
    const found = detailsErrors(draft);
    flushSync(() => setErrors(found));
    if (Object.keys(found).length > 0) {
      form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
      return;
    }
    try {
      const after = draftOf(await update.mutateAsync({ operationId, ...inputOf(draft) }));
      setSaved(after);
      setDraft(after);
      toast.success("Your billing details were saved.");
    } catch {
      // Said above the button; the fields keep what was typed.
    } finally {
      nextOperation();
      void queries.billingDetails.invalidate();
      void queries.session.invalidate();
    }
  }

  return (
    <form ref={form} noValidate onSubmit={(event) => void save(event)}>
      <Card>
        <CardHeader title="On your invoices" />
        <CardContent>
          <fieldset disabled={!mayChange} className="grid gap-x-4 gap-y-5 sm:grid-cols-2">
            <legend className="sr-only">On your invoices</legend>
            <ContactFields draft={draft} errors={errors} onChange={change} />
            <AddressFields draft={draft} errors={errors} onChange={change} />
          </fieldset>
          {update.error ? (
            <Banner role="alert" tone="danger" className="mt-5" title="Your billing details were not saved.">
              {failureOf(update.error).message}
            </Banner>
          ) : null}
        </CardContent>
        <CardFooter>
          {mayChange ? (
            <Button
              type="submit"
              variant="primary"
              className="max-sm:w-full"
              pending={update.isPending}
              disabled={!isChanged}
            >
              Save the details
            </Button>
          ) : (
            <p className="text-quiet text-sm">An owner or a billing member can change these.</p>
          )}
        </CardFooter>
      </Card>
    </form>
  );
}

function inputOf(draft: DetailsDraft) {
  const { name, email, phone, language } = draft;
  return {
    name: name.trim(),
    email: email.trim(),
    phone: phone.trim(),
    address: addressIn(draft),
    language: isInvoiceLanguage(language) ? language : ("en" as const),
  };
}
