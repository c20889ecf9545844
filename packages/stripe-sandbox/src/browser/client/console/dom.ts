type Attributes = Record<string, string | boolean | ((event: Event) => void) | undefined>;
export type Child = Node | string | undefined;

/** An element with attributes, listeners (`onclick`) and children; text stays text. */
export function h<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[Name] {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(key.slice(2), value);
    else if (value === true) node.setAttribute(key, "");
    else if (typeof value === "string") node.setAttribute(key, value);
  }
  node.append(...children.filter((child) => child !== undefined));
  return node;
}

/** Puts new children in place; what had the focus has it again when it is still there. */
export function redraw(parent: HTMLElement, ...children: Child[]): void {
  const focused = document.activeElement;
  const key = focused instanceof HTMLElement && parent.contains(focused) ? focused.dataset.key : undefined;
  parent.replaceChildren(...children.filter((child) => child !== undefined));
  if (key) parent.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)?.focus();
}

let last = 0;

/** A label with its control; the control stands inside a row that wraps on a narrow screen. */
export function field(label: string, control: HTMLElement): HTMLElement {
  last += 1;
  control.id ||= `field-${last}`;
  return h("p", { class: "field" }, h("label", { for: control.id }, label), control);
}

export function choice(options: [value: string, label: string][], chosen?: string): HTMLSelectElement {
  const select = h("select");
  for (const [value, label] of options)
    select.append(h("option", { value, selected: value === chosen }, label));
  return select;
}

export function button(label: string, run: () => void, kind = ""): HTMLButtonElement {
  return h("button", { type: "button", class: kind, "data-key": `button:${label}`, onclick: run }, label);
}
