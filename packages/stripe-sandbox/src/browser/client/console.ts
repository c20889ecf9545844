import { callsView } from "./console/calls";
import { clocksView } from "./console/clocks";
import { deliveriesView } from "./console/deliveries";
import { h } from "./console/dom";
import { eventsView } from "./console/events";
import { faultsView } from "./console/faults";
import { objectsView } from "./console/objects";
import type { Act, View } from "./console/view";

const pages: [name: string, label: string, open: (path: string[], act: Act) => View][] = [
  ["objects", "Objects", objectsView],
  ["events", "Events", eventsView],
  ["deliveries", "Deliveries", deliveriesView],
  ["calls", "Calls", callsView],
  ["clocks", "Clocks", (_path, act) => clocksView(act)],
  ["faults", "Faults", (_path, act) => faultsView(act)],
];
const refreshMs = 2000;

const nav = h("nav", { "aria-label": "Sections" });
const main = h("main", { id: "main", tabindex: "-1" });
const said = h("p", { role: "status", class: "said" });
const failed = h("p", { role: "alert", class: "failed" });
let view: View | undefined;
let lost = false;

const act: Act = (done, work) => {
  said.textContent = "";
  failed.textContent = "";
  work().then(
    async () => {
      await refresh();
      said.textContent = done;
    },
    (error: unknown) => fail(error),
  );
};

function fail(error: unknown): void {
  failed.textContent = error instanceof Error ? error.message : String(error);
}

/** What an action failed with stays; that the sandbox could not be reached goes when it can be again. */
async function refresh(): Promise<void> {
  try {
    await view?.load();
    if (lost) failed.textContent = "";
    lost = false;
  } catch (error) {
    lost = true;
    fail(error);
  }
}

function open(): void {
  const [, section = "", ...path] = location.hash.split("/").map(decodeURIComponent);
  const [name, label, make] = pages.find(([known]) => known === section) ?? pages[0] ?? [];
  if (!make) return;
  for (const link of nav.querySelectorAll("a")) {
    if (link.dataset.name === name) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  said.textContent = "";
  const focused = document.activeElement;
  const key =
    focused instanceof HTMLElement && main.contains(focused) ? (focused.dataset.key ?? "") : undefined;
  view = make(path, act);
  document.title = `${label} · Stripe sandbox`;
  main.replaceChildren(h("h1", {}, view.title), view.root);
  void refresh().then(() => {
    main.querySelector('[aria-current="true"]')?.scrollIntoView({ block: "nearest" });
    if (key !== undefined) focusAgain(key);
  });
}

for (const [name, label] of pages) nav.append(h("a", { href: `#/${name}`, "data-name": name }, label));
document.body.append(
  h("a", { href: "#main", class: "skip", onclick: skip }, "Skip to the content"),
  h("header", {}, h("p", { class: "name" }, "Stripe sandbox"), nav),
  h("div", { class: "messages" }, said, failed),
  main,
);
addEventListener("hashchange", open);
setInterval(() => document.visibilityState === "visible" && void refresh(), refreshMs);
open();

/** Who works with the keyboard goes on where they were. */
function focusAgain(key: string): void {
  const same = key ? main.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`) : null;
  (same ?? main).focus({ preventScroll: true });
}

function skip(event: Event): void {
  event.preventDefault();
  main.focus();
}
