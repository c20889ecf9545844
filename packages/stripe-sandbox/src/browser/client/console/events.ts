import { change, type Json, read } from "./api";
import { browse, type Row, timeText } from "./browse";
import { button, h } from "./dom";
import { jsonView } from "./json-view";
import type { Act, View } from "./view";

interface Event extends Json {
  id: string;
  type: string;
  created: number;
  pending_webhooks: number;
  data: { object: Json };
}

export function eventsView([id]: string[], act: Act): View {
  const rows = browse({
    label: "Events",
    empty: "Nothing has happened yet.",
    base: "#/events",
    selected: id,
    load: async () => (await read<Event[]>("objects/events?limit=200")).map(toRow),
    detail: ({ key, title, data }) => [
      h("h2", {}, title),
      button("Deliver again", () => act("It is on its way.", () => change(`events/${key}/resend`))),
      jsonView(data, "The event"),
    ],
  });
  return { title: "Events", ...rows };
}

function toRow(event: Event): Row {
  const waiting = event.pending_webhooks;
  return {
    key: event.id,
    title: event.type,
    note: `${event.data.object.id ?? event.id} · ${timeText(event.created)}`,
    state: waiting > 0 ? { text: `${waiting} waiting`, tone: "bad" } : { text: "delivered", tone: "good" },
    data: event,
  };
}
