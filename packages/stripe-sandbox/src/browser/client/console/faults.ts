import { change, type Json, read } from "./api";
import { button, choice, field, h, redraw } from "./dom";
import type { Act, View } from "./view";

const effects: [name: string, label: string][] = [
  ["status", "answer this status"],
  ["latencyMs", "wait before the work, in ms"],
  ["holdMs", "keep the answer back, in ms"],
  ["staleMs", "read the past, for ms"],
  ["dropAfterCommit", "do the work, lose the answer"],
  ["reset", "cut the connection"],
];
const usual: Record<string, string> = { status: "500", latencyMs: "2000", holdMs: "2000", staleMs: "10000" };

export function faultsView(act: Act): View {
  const list = h("ul", { class: "rows", "aria-label": "Faults that wait" });
  let shown = "";
  return {
    title: "Faults",
    root: h(
      "div",
      { class: "stack" },
      faultForm(act),
      h("section", { class: "panel" }, h("h2", {}, "Waiting"), list),
    ),
    async load() {
      const faults = await read<Json[]>("faults");
      const now = JSON.stringify(faults);
      if (now === shown) return;
      shown = now;
      if (faults.length === 0)
        return redraw(list, h("li", { class: "empty" }, "No fault waits for a request."));
      const clear = () => act("No fault waits any more.", () => change("faults", {}, "DELETE"));
      redraw(list, ...faults.map(row), h("li", { class: "actions" }, button("Clear all", clear)));
    },
  };
}

/** `left` is null, in JSON, when only time ends it. */
function row({ path, method, left, id: _id, until: _until, times: _times, ...effect }: Json): HTMLElement {
  const what = Object.entries(effect).map(([name, value]) => `${name} ${value}`);
  const often = left === null ? "until its time is over" : `${left} times`;
  return h("li", { class: "fault" }, `${method ?? "Any method"} ${path}: ${what.join(", ")}, ${often}`);
}

function faultForm(act: Act): HTMLElement {
  const path = h("input", { type: "text", value: "/v1/*", autocomplete: "off" });
  const method = choice([
    ["", "Any"],
    ["GET", "GET"],
    ["POST", "POST"],
    ["DELETE", "DELETE"],
  ]);
  const effect = choice(effects, "status");
  const value = h("input", { type: "number", min: "0", value: "500" });
  const times = h("input", { type: "number", min: "1", value: "1" });
  effect.addEventListener("change", () => {
    value.disabled = !(effect.value in usual);
    value.value = usual[effect.value] ?? "";
  });
  const add = () => {
    const how = value.disabled ? true : Number(value.value);
    const repeat = effect.value === "staleMs" ? {} : { times: Number(times.value) };
    const fault = { path: path.value, [effect.value]: how, ...repeat };
    act("The fault waits.", () =>
      change("faults", method.value ? { ...fault, method: method.value } : fault),
    );
  };
  return h(
    "section",
    { class: "panel" },
    h("h2", {}, "Add a fault"),
    h(
      "div",
      { class: "actions" },
      field("Path, * is anything", path),
      field("Method", method),
      field("Effect", effect),
      field("Value", value),
      field("Times", times),
      button("Add", add),
    ),
  );
}
