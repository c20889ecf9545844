import { brandNamed } from "../card/card-brand";
import type { SavedCards, SavedMethod } from "../frame-channel";
import { brandIcon } from "./brand-icon";
import { element } from "./field";
import { type Messages, monthYear } from "./messages";

export interface SavedList {
  root: HTMLElement;
  chosen(): SavedMethod | undefined;
  focus(): void;
}

export interface SavedListOptions {
  saved: SavedCards;
  /** The id of the card that is chosen at the start; empty for a new one. */
  chosen: string;
  disabled: boolean;
  text: Messages;
  onChoose: () => void;
  /** Answers whether it is gone. */
  remove: (method: SavedMethod) => Promise<boolean>;
}

/** The customer's cards and a new one, as one group of radio buttons. */
export function createSavedList(options: SavedListOptions): SavedList {
  const { saved, text } = options;
  const root = element("fieldset", "SavedMethods");
  const legend = element("legend", "Hidden");
  const status = element("p", "Hidden");
  legend.textContent = text.paymentMethod;
  status.setAttribute("role", "status");
  const rows = new Map(saved.methods.map((method) => [method, savedRow(method, options)]));
  const fresh = row("", options);
  fresh.label.append(mark("unknown"), textSpan(text.newCard, "AccordionItemLabel"));
  root.append(legend, ...[...rows.values()].map(({ root: item }) => item), fresh.root, status);

  const showChoice = () => {
    for (const { root: item, radio } of [...rows.values(), fresh])
      item.classList.toggle("AccordionItem--selected", radio.checked);
  };
  const forget = (method: SavedMethod) => {
    const gone = rows.get(method);
    if (!gone) return;
    rows.delete(method);
    gone.root.remove();
    const next =
      [...rows.values(), fresh].find(({ radio }) => radio.checked) ?? [...rows.values()][0] ?? fresh;
    next.radio.checked = true;
    next.radio.focus();
    status.textContent = text.removed(nameOf(method));
    showChoice();
    options.onChoose();
  };
  for (const [method, item] of rows) {
    if (saved.canRemove) item.root.append(removal(method, options, () => forget(method)));
  }
  root.addEventListener("change", () => {
    showChoice();
    options.onChoose();
  });
  showChoice();

  return {
    root,
    chosen: () => [...rows].find(([, { radio }]) => radio.checked)?.[0],
    focus: () => root.querySelector<HTMLInputElement>("input:checked")?.focus(),
  };
}

function savedRow(method: SavedMethod, options: SavedListOptions) {
  const item = row(method.id, options);
  const { brand, last4, exp_month: month, exp_year: year } = method.card;
  const name = textSpan(`${brandNamed(brand).label} `, "AccordionItemLabel");
  name.append(textSpan(`•••• ${last4}`, "SavedMethod-digits"));
  const expiry = textSpan(monthYear(month, year), "SavedMethod-expiry");
  expiry.setAttribute("aria-hidden", "true");
  const words = element("span", "SavedMethod-name");
  words.append(name, textSpan(options.text.expires(month, year), "Hidden"), expiry);
  item.label.append(mark(brand), words);
  return item;
}

/** It repeats what the words beside it say. */
function mark(brand: string): HTMLElement {
  const icon = brandIcon(brandNamed(brand));
  icon.setAttribute("aria-hidden", "true");
  return icon;
}

function row(id: string, { chosen, disabled }: SavedListOptions) {
  const root = element("div", "AccordionItem");
  const label = element("label", "SavedMethod");
  const radio = element("input", "RadioIcon");
  radio.type = "radio";
  radio.name = "method";
  radio.value = id;
  radio.checked = chosen === id;
  radio.disabled = disabled;
  label.append(radio);
  root.append(label);
  return { root, label, radio };
}

/** Asks once more in the same place; a card that is gone cannot be had back. */
function removal(method: SavedMethod, options: SavedListOptions, onGone: () => void): HTMLElement {
  const { text, disabled } = options;
  const root = element("div", "SavedMethod-removal");
  const name = nameOf(method);
  const ask = button(text.remove, text.removeCard(name));
  ask.disabled = disabled;
  const question = element("div", "SavedMethod-question");
  const keep = button(text.keep);
  const confirm = button(text.remove, text.removeCard(name));
  confirm.classList.add("SavedMethod-button--danger");
  const words = element("p", "SavedMethod-words");
  words.textContent = text.removeQuestion(name);
  question.append(words, confirm, keep);
  const show = (asked: boolean) => {
    root.replaceChildren(asked ? question : ask);
    root.classList.toggle("SavedMethod-removal--asked", asked);
    (asked ? keep : ask).focus();
  };
  ask.addEventListener("click", () => show(true));
  keep.addEventListener("click", () => show(false));
  confirm.addEventListener("click", async () => {
    confirm.disabled = true;
    if (await options.remove(method)) return onGone();
    confirm.disabled = false;
    show(false);
  });
  root.append(ask);
  return root;
}

function nameOf({ card: { brand, last4 } }: SavedMethod): string {
  return `${brandNamed(brand).label} •••• ${last4}`;
}

function button(text: string, label = text): HTMLButtonElement {
  const node = element("button", "SavedMethod-button");
  node.type = "button";
  node.textContent = text;
  if (label !== text) node.setAttribute("aria-label", label);
  return node;
}

function textSpan(text: string, className: string): HTMLElement {
  const node = element("span", className);
  node.textContent = text;
  return node;
}
