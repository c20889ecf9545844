import { invoiceLanguages } from "@farebox/billing/schemas/billing-details";
import { Field } from "@farebox/ui/field";
import { Input } from "@farebox/ui/input";
import { useLocale } from "@farebox/ui/locale";
import { Select } from "@farebox/ui/select";
import type { DetailsDraft, DetailsErrors, DetailsField } from "./details-form-state";

export interface FieldsProps {
  draft: DetailsDraft;
  errors: DetailsErrors;
  onChange: (field: DetailsField, value: string) => void;
}

export function ContactFields({ draft, errors, onChange }: FieldsProps) {
  const { locale } = useLocale();
  const names = new Intl.DisplayNames(locale, { type: "language" });
  return (
    <>
      <Field label="Name or company" error={errors.name} required className="sm:col-span-2">
        <Input
          autoComplete="organization"
          maxLength={200}
          value={draft.name}
          onChange={(event) => onChange("name", event.currentTarget.value)}
        />
      </Field>
      <Field label="Email for invoices" error={errors.email} required>
        <Input
          type="email"
          autoComplete="email"
          maxLength={254}
          value={draft.email}
          onChange={(event) => onChange("email", event.currentTarget.value)}
        />
      </Field>
      <Field label="Phone" error={errors.phone} optional>
        <Input
          type="tel"
          autoComplete="tel"
          value={draft.phone}
          onChange={(event) => onChange("phone", event.currentTarget.value)}
        />
      </Field>
      <Field label="Language of invoices">
        <Select value={draft.language} onChange={(event) => onChange("language", event.currentTarget.value)}>
          {invoiceLanguages.map((language) => (
            <option key={language} value={language}>
              {names.of(language)}
            </option>
          ))}
        </Select>
      </Field>
    </>
  );
}
