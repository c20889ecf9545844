import { createCardForm } from "./card-form";
import { element } from "./field";
import type { CardForm, CardFormOptions } from "./form";
import { messagesFor } from "./messages";
import { createSavedList, type SavedList } from "./saved-cards";

/** A new card, or for a customer who is known one of the saved ones. */
export function createPaymentForm(options: CardFormOptions): CardForm {
  const { settings, typed, onChange } = options;
  const { saved } = settings;
  const card = createCardForm(options);
  if (!saved || (saved.methods.length === 0 && !saved.canSave)) return card;
  const root = element("div", "PaymentForm");
  const failure = element("p", "Error");
  failure.setAttribute("role", "alert");
  const box = saved.canSave ? saveBox(options) : undefined;
  const list = saved.methods.length > 0 ? listOf(options, show, failure) : undefined;
  const chosen = () => list?.chosen();
  const terms = card.root.querySelector(".TermsText");
  if (box && terms) terms.before(box.root);
  else if (box) card.root.append(box.root);
  root.append(...(list ? [list.root, failure] : []), card.root);

  function show(): void {
    card.root.hidden = chosen() !== undefined;
    onChange();
  }
  card.root.hidden = chosen() !== undefined;
  box?.input.addEventListener("change", onChange);

  return {
    ...card,
    root,
    typed: () => ({
      ...card.typed(),
      ...(list && { chosen: chosen()?.id ?? "" }),
      ...(box && { save: box.input.checked ? "yes" : "" }),
    }),
    focus: () => (list ? list.focus() : card.focus()),
    validate: () => (chosen() ? undefined : card.validate()),
    state: () => {
      const method = chosen();
      if (method) return { empty: false, complete: true, brand: method.card.brand, method };
      return { ...card.state(), ...(box && { saves: box.input.checked }) };
    },
    chosen,
    saves: () => box?.input.checked,
  };

  function saveBox({ settings: { locale, readOnly } }: CardFormOptions) {
    const label = element("label", "Checkbox");
    const input = element("input", "CheckboxInput");
    const text = element("span", "CheckboxLabel");
    input.type = "checkbox";
    input.name = "save";
    input.checked = typed.save === "yes";
    input.disabled = readOnly;
    text.textContent = messagesFor(locale).save(settings.merchant);
    label.append(input, text);
    return { root: label, input };
  }
}

function listOf(options: CardFormOptions, onChoose: () => void, failure: HTMLElement): SavedList | undefined {
  const { settings, typed, remove } = options;
  if (!settings.saved) return undefined;
  return createSavedList({
    saved: settings.saved,
    chosen: typed.chosen ?? settings.saved.methods[0]?.id ?? "",
    disabled: settings.readOnly,
    text: messagesFor(settings.locale),
    onChoose,
    remove: async (method) => {
      const error = await remove(method);
      failure.textContent = error?.message ?? "";
      return error === undefined;
    },
  });
}
