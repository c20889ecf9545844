import { type Json, read } from "./api";
import { browse, type Row, timeText } from "./browse";
import { choice, field, h } from "./dom";
import { jsonView } from "./json-view";
import type { View } from "./view";

interface State {
  objects: Record<string, number>;
}

const most = 200;

export function objectsView([type = "customers", id]: string[]): View {
  const kinds = h("div");
  const rows = browse({
    label: "Objects",
    empty: "There are none yet.",
    base: `#/objects/${type}`,
    selected: id,
    load: async () => (await read<Json[]>(`objects/${encodeURIComponent(type)}?limit=${most}`)).map(toRow),
    detail: ({ key, data }) => [h("h2", {}, key), jsonView(data, "The object")],
  });
  let shown = "";

  async function drawKinds(): Promise<void> {
    const { objects } = await read<State>("state");
    const counts = JSON.stringify(objects);
    if (counts === shown) return;
    shown = counts;
    const names = Object.keys({ [type]: 0, ...objects }).sort();
    const select = choice(
      names.map((name) => [name, `${name.replaceAll("_", " ")} (${objects[name] ?? 0})`]),
      type,
    );
    select.addEventListener("change", () => {
      location.hash = `#/objects/${select.value}`;
    });
    kinds.replaceChildren(field("Type", select));
  }

  return {
    title: "Objects",
    root: h("div", {}, kinds, rows.root),
    async load() {
      if (!kinds.contains(document.activeElement)) await drawKinds();
      await rows.load();
    },
  };
}

function toRow(object: Json): Row {
  const named = [object.name, object.email, object.nickname, object.description, object.type, object.number];
  const title = named.find((value) => typeof value === "string" && value !== "");
  const { status, currency, created } = object;
  const amount = [object.amount, object.total, object.unit_amount].find((value) => typeof value === "number");
  const money = amount === undefined ? "" : ` · ${amount} ${currency}`;
  const time = typeof created === "number" ? ` · ${timeText(created)}` : "";
  return {
    key: String(object.id),
    title: String(title ?? object.id),
    note: `${object.id}${money}${time}`,
    ...(typeof status === "string" && { state: { text: status, tone: "plain" } }),
    data: object,
  };
}
