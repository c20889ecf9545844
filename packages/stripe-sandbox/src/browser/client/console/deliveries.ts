import { change, read } from "./api";
import { browse, type Row, timeText } from "./browse";
import { button, choice, field, h } from "./dom";
import { jsonView } from "./json-view";
import type { Act, View } from "./view";

interface Attempt {
  delivery: string;
  event: string;
  type: string;
  url: string;
  attempt: number;
  at: number;
  durationMs: number;
  status: number | null;
  error: string | null;
  body: string;
  answer: string;
}

const modes: [name: string, label: string][] = [
  ["hold", "Hold them back"],
  ["duplicate", "Send each twice"],
  ["shuffle", "Shuffle them"],
  ["delay", "Delay them"],
  ["drop", "Drop them"],
  ["twin", "Make a second event"],
];

export function deliveriesView([id]: string[], act: Act): View {
  const rows = browse({
    label: "Deliveries",
    empty:
      "Nothing was delivered yet. Events go to webhook endpoints and to what the sandbox was started with.",
    base: "#/deliveries",
    selected: id,
    load: async () => (await read<Attempt[]>("deliveries?limit=100")).toReversed().map(toRow),
    detail: ({ data }) => attemptDetail(data as Attempt),
  });
  return { title: "Deliveries", root: h("div", {}, disorder(act), rows.root), load: rows.load };
}

function disorder(act: Act): HTMLElement {
  const boxes = modes.map(([name, label]) => {
    const box = h("input", { type: "checkbox", value: name });
    return { box, label: h("label", {}, box, label) };
  });
  const order = choice([
    ["emitted", "as they happened"],
    ["reversed", "the last first"],
    ["shuffled", "in disorder"],
  ]);
  const apply = () => {
    const chosen = boxes.filter(({ box }) => box.checked).map(({ box }) => box.value);
    act("New deliveries follow this.", () =>
      change("delivery_mode", { modes: chosen.length > 0 ? chosen : ["normal"] }),
    );
  };
  const release = () => act("Held deliveries were let go.", () => change("release", { order: order.value }));
  return h(
    "details",
    { class: "panel" },
    h("summary", {}, "Disturb new deliveries"),
    h("fieldset", {}, h("legend", {}, "From now on"), ...boxes.map(({ label }) => label)),
    h("div", { class: "actions" }, button("Apply", apply)),
    h("div", { class: "actions" }, field("Order", order), button("Release held", release)),
  );
}

function attemptDetail(attempt: Attempt) {
  const { type, url, status, error, durationMs, event } = attempt;
  return [
    h("h2", {}, type),
    h(
      "dl",
      {},
      ...pair("Sent to", url),
      ...pair("Attempt", `${attempt.attempt}, ${timeText(attempt.at / 1000)}, took ${durationMs} ms`),
      ...pair("Answer", error ?? `${status}`),
    ),
    h("p", {}, h("a", { href: `#/events/${event}` }, "The event")),
    h("h3", {}, "Body"),
    jsonView(attempt.body, "The body that was sent"),
    h("h3", {}, "What came back"),
    attempt.answer ? jsonView(attempt.answer, "What came back") : h("p", { class: "empty" }, "Nothing."),
  ];
}

function pair(name: string, value: string) {
  return [h("dt", {}, name), h("dd", {}, value)];
}

function toRow(attempt: Attempt): Row {
  return {
    key: `${attempt.delivery}-${attempt.attempt}`,
    title: attempt.type,
    note: `${attempt.url} · ${timeText(attempt.at / 1000)}`,
    state: { text: String(attempt.status ?? "no answer"), tone: attempt.error ? "bad" : "good" },
    data: attempt,
  };
}
