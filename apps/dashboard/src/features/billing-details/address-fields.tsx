import { countries, needsState } from "@farebox/billing/schemas/billing-details";
import { Field } from "@farebox/ui/field";
import { Input } from "@farebox/ui/input";
import { useLocale } from "@farebox/ui/locale";
import { Select } from "@farebox/ui/select";
import { useMemo } from "react";
import type { FieldsProps } from "./contact-fields";
import { hasAddress } from "./details-form-state";

export function AddressFields({ draft, errors, onChange }: FieldsProps) {
  const wanted = hasAddress(draft);
  return (
    <>
      <Field label="Country" error={errors.country} optional={!wanted}>
        <Select
          autoComplete="country"
          value={draft.country}
          onChange={(event) => onChange("country", event.currentTarget.value)}
        >
          <CountryOptions />
        </Select>
      </Field>
      <Field
        label="Street and number"
        error={errors.line1}
        required={wanted}
        optional={!wanted}
        className="sm:col-span-2"
      >
        <Input
          autoComplete="address-line1"
          maxLength={200}
          value={draft.line1}
          onChange={(event) => onChange("line1", event.currentTarget.value)}
        />
      </Field>
      <Field label="Second line" optional className="sm:col-span-2">
        <Input
          autoComplete="address-line2"
          maxLength={200}
          value={draft.line2}
          onChange={(event) => onChange("line2", event.currentTarget.value)}
        />
      </Field>
      <Field label="Postal code" error={errors.postalCode} optional={!wanted}>
        <Input
          autoComplete="postal-code"
          maxLength={20}
          value={draft.postalCode}
          onChange={(event) => onChange("postalCode", event.currentTarget.value)}
        />
      </Field>
      <Field label="City" error={errors.city} required={wanted} optional={!wanted}>
        <Input
          autoComplete="address-level2"
          maxLength={200}
          value={draft.city}
          onChange={(event) => onChange("city", event.currentTarget.value)}
        />
      </Field>
      <Field label="State or province" error={errors.state} optional={!needsState(draft.country)}>
        <Input
          autoComplete="address-level1"
          maxLength={200}
          value={draft.state}
          onChange={(event) => onChange("state", event.currentTarget.value)}
        />
      </Field>
    </>
  );
}

function CountryOptions() {
  const { locale } = useLocale();
  const named = useMemo(() => {
    const names = new Intl.DisplayNames(locale, { type: "region" });
    const order = new Intl.Collator(locale);
    return countries
      .map((code) => ({ code, name: names.of(code) ?? code }))
      .sort((a, b) => order.compare(a.name, b.name));
  }, [locale]);
  return (
    <>
      <option value="">Choose a country</option>
      {named.map(({ code, name }) => (
        <option key={code} value={code}>
          {name}
        </option>
      ))}
    </>
  );
}
