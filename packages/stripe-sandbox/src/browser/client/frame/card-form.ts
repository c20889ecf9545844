import { brandOf } from "../card/card-brand";
import { digitsOf } from "../card/card-format";
import type { CardField, Problem } from "../card/card-validation";
import type { StripeError } from "../stripe-types";
import { addressOf, cardOf, clearFields, createRoot, problemsOf, refreshFields } from "./card-drawing";
import { type CardFields, cardFieldOrder, createCardFields, fieldsOf } from "./card-fields";
import { watchCardFields } from "./card-watching";
import type { CardForm, CardFormOptions } from "./form";
import { messagesFor } from "./messages";

export function createCardForm({ settings, typed, onChange, onFilled }: CardFormOptions): CardForm {
  const names = fieldsOf(settings);
  const fields = createCardFields(settings);
  const root = createRoot(fields, settings);
  const text = (name: keyof CardFields) => fields[name].input.value;
  const raw = () => Object.fromEntries(cardFieldOrder.map((name) => [name, text(name)]));
  const problems = () => problemsOf(fields, settings);
  const refresh = () => refreshFields(fields, settings);
  const messages = messagesFor(settings.locale).problems;

  for (const name of names) fields[name].input.value = typed[name] ?? text(name);
  watchCardFields(fields, { names, problems, refresh, onChange, onFilled, messages });
  refresh();

  return {
    root,
    typed: raw,
    focus: () => fields[names[0] ?? "number"].input.focus(),
    clear: () => {
      clearFields(fields);
      refresh();
      onChange();
    },
    state: () => {
      const found = problems();
      const shown = found.find((problem) => fields[problem.field].hasError());
      const empty = !text("number") && !text("expiry") && !text("cvc");
      const brand = brandOf(digitsOf(text("number"))).name;
      const { country, postal_code: postalCode } = addressOf(fields, settings) ?? {};
      return {
        empty,
        complete: found.length === 0,
        brand,
        address: { country: country ?? null, postalCode: postalCode ?? null },
        error: shown && errorOf(shown, messages),
      };
    },
    validate: () => {
      const found = problems();
      for (const name of names) {
        const problem = found.find(({ field }) => field === name);
        fields[name].setError(problem ? messages[problem.code] : "");
      }
      const [first] = found;
      if (!first) return undefined;
      fields[first.field].input.focus();
      return errorOf(first, messages);
    },
    card: () => cardOf(fields, names),
    billing: () => ({ ...settings.billing, address: addressOf(fields, settings) }),
    showDecline: (error) => {
      const name = declinedField(error.code);
      if (names.includes(name)) fields[name].setError(error.message ?? "");
    },
  };
}

function errorOf({ code }: Problem, messages: Record<string, string>): StripeError {
  return { type: "validation_error", code, message: messages[code] ?? code };
}

function declinedField(code: string | undefined): CardField {
  if (code === "incorrect_cvc" || code === "invalid_cvc") return "cvc";
  if (code === "expired_card" || code?.startsWith("invalid_expiry")) return "expiry";
  return "number";
}
