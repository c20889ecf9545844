import { read } from "./api";
import { browse, type Row, timeText } from "./browse";
import { h } from "./dom";
import { jsonView } from "./json-view";
import type { View } from "./view";

interface Call {
  requestId: string;
  at: number;
  method: string;
  path: string;
  status: number;
  durationMs: number;
}

export function callsView([id]: string[]): View {
  const rows = browse({
    label: "Calls",
    empty: "Nobody has called yet.",
    base: "#/calls",
    selected: id,
    load: async () => (await read<Call[]>("calls?limit=200")).toReversed().map(toRow),
    detail: ({ title, data }) => [h("h2", {}, title), jsonView(data, "The call")],
  });
  return { title: "Calls", ...rows };
}

function toRow(call: Call): Row {
  return {
    key: call.requestId,
    title: `${call.method} ${call.path}`,
    note: `${timeText(call.at / 1000)} · ${call.durationMs} ms`,
    state: {
      text: String(call.status || "cut"),
      tone: call.status >= 200 && call.status < 400 ? "good" : "bad",
    },
    data: call,
  };
}
