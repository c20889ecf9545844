import { change, read } from "./api";
import { button, choice, field, h } from "./dom";
import type { Act } from "./view";

/** Keeping a state, going back to it, and beginning anew. */
export function stateControls(act: Act): { root: HTMLElement; load: () => Promise<void> } {
  const name = h("input", { type: "text", maxlength: "64", placeholder: "before-renewal" });
  const kept = h("div", { class: "actions" });
  const reset = h("div", { class: "actions" });
  let shown = "";

  const take = () =>
    act("The state was kept.", () => change("snapshot", name.value ? { name: name.value } : {}));

  function askForReset(): void {
    const forget = button(
      "Forget everything",
      () => {
        act("The sandbox is empty.", () => change("reset"));
        offerReset();
      },
      "danger",
    );
    const keep = button("Keep it", () => {
      offerReset();
      reset.querySelector("button")?.focus();
    });
    reset.replaceChildren(h("p", {}, "All objects, events and deliveries will be gone."), forget, keep);
    keep.focus();
  }

  function offerReset(): void {
    reset.replaceChildren(button("Reset the sandbox", askForReset, "danger"));
  }

  offerReset();
  return {
    root: h(
      "section",
      { class: "panel" },
      h("h2", {}, "State"),
      h("div", { class: "actions" }, field("Name", name), button("Take a snapshot", take)),
      kept,
      reset,
    ),
    async load() {
      const names = await read<string[]>("snapshots");
      if (names.join() === shown) return;
      shown = names.join();
      const select = choice(names.map((one) => [one, one]));
      const restore = () => act("The state is back.", () => change("restore", { name: select.value }));
      kept.replaceChildren(
        ...(names.length > 0 ? [field("Snapshot", select), button("Restore", restore)] : []),
      );
    },
  };
}
