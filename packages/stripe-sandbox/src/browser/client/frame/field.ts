export interface FieldOptions {
  id: string;
  label: string;
  autocomplete: string;
  inputMode?: "numeric" | "text";
  placeholder?: string;
  wide?: boolean;
  adornment?: HTMLElement;
  choices?: readonly { code: string; name: string }[];
}

export interface Field {
  root: HTMLElement;
  input: HTMLInputElement | HTMLSelectElement;
  adornment: HTMLElement | undefined;
  setLabel(text: string): void;
  setError(message: string): void;
  hasError(): boolean;
  setFilled(filled: "empty" | "partly" | "complete"): void;
}

export function createField(options: FieldOptions): Field {
  const root = element("div", options.wide ? "Field Field--wide" : "Field");
  const label = element("label", "Label");
  const box = element("div", "InputBox");
  const error = element("p", "Error");
  const input = options.choices ? createSelect(options) : createInput(options);
  label.htmlFor = options.id;
  label.textContent = options.label;
  error.id = `${options.id}-error`;
  error.setAttribute("role", "alert");
  input.setAttribute("aria-describedby", error.id);
  box.append(input);
  if (options.adornment) {
    input.classList.add("Input--adorned");
    box.append(options.adornment);
  }
  root.append(label, box, error);
  return {
    root,
    input,
    adornment: options.adornment,
    setLabel: (text) => {
      label.textContent = text;
    },
    setError: (message) => {
      if (error.textContent !== message) error.textContent = message;
      input.setAttribute("aria-invalid", String(message !== ""));
      input.classList.toggle("Input--invalid", message !== "");
      label.classList.toggle("Label--invalid", message !== "");
    },
    hasError: () => error.textContent !== "",
    setFilled: (filled) => {
      input.classList.toggle("Input--empty", filled === "empty");
      input.classList.toggle("Input--complete", filled === "complete");
    },
  };
}

export function element<Name extends keyof HTMLElementTagNameMap>(name: Name, className: string) {
  const node = document.createElement(name);
  node.className = className;
  return node;
}

function createInput(options: FieldOptions): HTMLInputElement {
  const input = element("input", "Input");
  input.id = options.id;
  input.name = options.id;
  input.type = "text";
  input.autocomplete = options.autocomplete as AutoFill;
  input.inputMode = options.inputMode ?? "text";
  // Never without one, so that CSS can tell an empty field.
  input.placeholder = options.placeholder ?? " ";
  input.spellcheck = false;
  input.setAttribute("aria-invalid", "false");
  return input;
}

function createSelect(options: FieldOptions): HTMLSelectElement {
  const select = element("select", "Input Input--select");
  select.id = options.id;
  select.name = options.id;
  select.autocomplete = options.autocomplete as AutoFill;
  for (const choice of options.choices ?? []) {
    select.append(new Option(choice.name, choice.code));
  }
  return select;
}

/** A drawn arrow that takes the text colour; the native one ignores the appearance. */
export function arrow(): HTMLElement {
  const holder = element("span", "Adornment");
  holder.setAttribute("aria-hidden", "true");
  holder.innerHTML =
    '<svg width="12" height="12" viewBox="0 0 12 12" fill="none" stroke="currentColor" stroke-width="1.5"><path d="m2.5 4.5 3.5 3.5 3.5-3.5"/></svg>';
  return holder;
}
