import type { CheckoutState } from "../../checkout-state";
import { button, h } from "../console/dom";
import { ask } from "../hosted/call";
import { choices, chosen } from "../hosted/parts";
import { path } from "./where";

/** Cards the customer let be shown; the last choice is a new one. */
export function savedChoice(
  { saved, mayRemoveSaved }: CheckoutState,
  on: { use: (newCard: boolean) => void; refresh: () => Promise<void> },
): { root: HTMLElement } | undefined {
  if (saved.length === 0) return undefined;
  const root = h("div");
  const options = saved.map((card, at) => ({
    value: card.id,
    label: card.label,
    note: card.note,
    checked: at === 0,
  }));
  const fields = choices("card", "Card", [...options, { value: "new", label: "Use a new card" }]);
  fields.addEventListener("change", () => on.use(chosen(root, "card") === "new"));
  root.append(fields);
  if (mayRemoveSaved) root.append(removal());
  return { root };

  function removal(): HTMLElement {
    return button(
      "Remove this card",
      () => {
        const chosenRadio = root.querySelector<HTMLInputElement>('input[name="card"]:checked');
        const method = chosenRadio?.value;
        if (!method || method === "new") return;
        ask(path("remove_card"), { payment_method: method }).then(() => {
          chosenRadio.closest("label")?.remove();
          const next = root.querySelector<HTMLInputElement>('input[name="card"]');
          if (next) next.checked = true;
          on.use(chosen(root, "card") === "new");
        }, on.refresh);
      },
      "plain",
    );
  }
}
