import { type Child, h } from "../console/dom";
import { messageOf } from "./call";

/** A form whose button waits while its work runs, and which says why the work was refused. */
export function workForm(
  given: { submit: string; kind?: string; back?: { label: string; run: () => void }; disabled?: boolean },
  work: () => Promise<unknown>,
  ...children: Child[]
): HTMLFormElement {
  const error = h("p", { class: "error", role: "alert" });
  const submit = h(
    "button",
    { type: "submit", class: given.kind ?? "", disabled: given.disabled },
    given.submit,
  );
  const back = given.back;
  const form = h(
    "form",
    { novalidate: true },
    ...children,
    error,
    h(
      "div",
      { class: "actions" },
      submit,
      back && h("button", { type: "button", class: "quiet", onclick: back.run }, back.label),
    ),
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (submit.disabled) return;
    error.textContent = "";
    submit.disabled = true;
    form.setAttribute("aria-busy", "true");
    try {
      await work();
    } catch (refusal) {
      error.textContent = messageOf(refusal);
    }
    submit.disabled = given.disabled ?? false;
    form.removeAttribute("aria-busy");
  });
  return form;
}

/** Radio buttons with a name and a line of text each. */
export function choices(
  name: string,
  legend: string,
  options: { value: string; label: string; note?: string; checked?: boolean }[],
): HTMLFieldSetElement {
  return h(
    "fieldset",
    {},
    h("legend", {}, legend),
    ...options.map(({ value, label, note, checked }) =>
      h(
        "label",
        { class: "choice" },
        h("input", { type: "radio", name, value, checked }),
        h("span", {}, label, note ? h("span", { class: "note" }, ` ${note}`) : undefined),
      ),
    ),
  );
}

export function chosen(root: ParentNode, name: string): string | undefined {
  return root.querySelector<HTMLInputElement>(`input[name="${name}"]:checked`)?.value;
}

export function totals(rows: { label: string; value: string; strong?: boolean }[]): HTMLDListElement {
  return h(
    "dl",
    { class: "totals" },
    ...rows.flatMap(({ label, value, strong }) => {
      const kind = strong ? { class: "strong" } : {};
      return [h("dt", kind, label), h("dd", kind, value)];
    }),
  );
}

export function dayText(seconds: number): string {
  const date = new Date(seconds * 1000);
  return date.toLocaleDateString("en-GB", {
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  });
}

const brands: Record<string, string> = {
  amex: "American Express",
  diners: "Diners Club",
  jcb: "JCB",
  unionpay: "UnionPay",
};

export function brandName(brand: string): string {
  return brands[brand] ?? brand.charAt(0).toUpperCase() + brand.slice(1);
}
