import { callStripe, change, type Json, read } from "./api";
import { timeText } from "./browse";
import { button, choice, field, h, redraw } from "./dom";
import { stateControls } from "./state-controls";
import type { Act, View } from "./view";

interface Clock extends Json {
  id: string;
  name: string | null;
  status: string;
  frozen_time: number;
}

const units: [seconds: string, label: string][] = [
  ["60", "minutes"],
  ["3600", "hours"],
  ["86400", "days"],
];

export function clocksView(act: Act): View {
  const time = h("p", { class: "time" });
  const clocks = h("div");
  const wall = advanceBy("Advance the sandbox", (seconds) =>
    act("The sandbox lived through it.", () => change("advance", { seconds })),
  );
  const state = stateControls(act);
  let shown = "";

  async function drawClocks(): Promise<void> {
    const rows = await read<Clock[]>("objects/test_clocks");
    const now = JSON.stringify(rows);
    if (now === shown) return;
    shown = now;
    if (rows.length === 0) redraw(clocks, h("p", { class: "empty" }, "There are no test clocks."));
    else redraw(clocks, ...rows.map((clock) => clockPanel(clock, act)));
  }

  return {
    title: "Clocks and state",
    root: h(
      "div",
      { class: "stack" },
      h("section", { class: "panel" }, h("h2", {}, "The sandbox's own time"), time, wall),
      h("section", { class: "panel" }, h("h2", {}, "Test clocks"), clocks),
      state.root,
    ),
    async load() {
      const { now, real } = await read<{ now: number; real: number }>("state");
      const ahead = now - real > 1 ? ` (${Math.round((now - real) / 3600)} hours ahead)` : "";
      time.textContent = `${timeText(now)}${ahead}`;
      await Promise.all([drawClocks(), state.load()]);
    },
  };
}

function clockPanel({ id, name, status, frozen_time: frozen }: Clock, act: Act): HTMLElement {
  const advance = advanceBy(`Advance ${name ?? id}`, (seconds) =>
    act("The clock is on its way.", () =>
      callStripe(`/v1/test_helpers/test_clocks/${id}/advance`, { frozen_time: String(frozen + seconds) }),
    ),
  );
  return h(
    "article",
    {},
    h("h3", {}, name ?? id, " ", h("span", { class: "state plain" }, status)),
    h("p", {}, timeText(frozen)),
    advance,
  );
}

function advanceBy(label: string, advance: (seconds: number) => void): HTMLElement {
  const amount = h("input", {
    type: "number",
    min: "1",
    max: "10000",
    value: "1",
    "aria-label": `${label} by`,
  });
  const unit = choice(units, "86400");
  unit.setAttribute("aria-label", "Unit");
  const run = () => advance(Number(amount.value) * Number(unit.value));
  return h("div", { class: "actions" }, field("By", amount), unit, button(label, run));
}
