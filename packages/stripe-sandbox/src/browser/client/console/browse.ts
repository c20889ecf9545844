import { type Child, h, redraw } from "./dom";

export interface Row {
  key: string;
  title: string;
  note: string;
  state?: { text: string; tone: "good" | "bad" | "plain" };
  data: unknown;
}

export interface Browse {
  /** What the rows are, for who cannot see them. */
  label: string;
  empty: string;
  /** The address of a row without its key. */
  base: string;
  selected: string | undefined;
  load(): Promise<Row[]>;
  detail(row: Row): Child[];
}

const filters = new Map<string, string>();

/** A list that can be filtered, and beside it what was chosen. */
export function browse(given: Browse): { root: HTMLElement; load: () => Promise<void> } {
  const list = h("ul", { class: "rows", "aria-label": given.label });
  const detail = h("section", { class: "detail", "aria-label": "Details" });
  const filter = h("input", {
    type: "search",
    placeholder: "Filter",
    "aria-label": `Filter ${given.label.toLowerCase()}`,
    value: filters.get(given.base),
    oninput() {
      filters.set(given.base, filter.value);
      draw();
    },
  });
  let rows: Row[] = [];
  let shown = "";

  function draw(): void {
    const wanted = filter.value.trim().toLowerCase();
    const found = rows.filter(({ title, note, key }) =>
      `${title} ${note} ${key}`.toLowerCase().includes(wanted),
    );
    if (found.length === 0)
      redraw(list, h("li", { class: "empty" }, wanted ? "Nothing matches." : given.empty));
    else redraw(list, ...found.map((row) => item(row, given)));
  }

  function drawDetail(): void {
    const row = rows.find(({ key }) => key === given.selected);
    if (row) redraw(detail, ...given.detail(row));
    else
      redraw(
        detail,
        h("p", { class: "empty" }, given.selected ? "It is not here." : "Choose one to see it."),
      );
  }

  return {
    root: h("div", { class: "split" }, h("div", {}, filter, list), detail),
    async load() {
      rows = await given.load();
      const now = JSON.stringify(rows);
      if (now === shown) return;
      shown = now;
      draw();
      drawDetail();
    },
  };
}

function item({ key, title, note, state }: Row, { base, selected }: Browse): HTMLElement {
  return h(
    "li",
    {},
    h(
      "a",
      {
        href: `${base}/${encodeURIComponent(key)}`,
        "data-key": key,
        "aria-current": key === selected ? "true" : undefined,
      },
      h("span", { class: "title" }, title),
      state && h("span", { class: `state ${state.tone}` }, state.text),
      h("span", { class: "note" }, note),
    ),
  );
}

export function timeText(seconds: number): string {
  return new Date(seconds * 1000).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "medium" });
}
