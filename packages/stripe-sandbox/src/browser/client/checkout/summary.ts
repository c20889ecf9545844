import type { CheckoutLine, CheckoutState } from "../../checkout-state";
import { formatAmount } from "../challenge/format-amount";
import { button, field, h, redraw } from "../console/dom";
import { ask, messageOf } from "../hosted/call";
import { totals, workForm } from "../hosted/parts";
import { path } from "./where";

export interface Summary {
  root: HTMLElement;
  show(state: CheckoutState): void;
}

export function money(amount: number, { currency }: Pick<CheckoutState, "currency">): string {
  return formatAmount(amount, currency ?? "usd", "en-US");
}

/** What is bought and what it comes to. Every change is made by the server, which answers the new state. */
export function createSummary(first: CheckoutState, onChange: (state: CheckoutState) => void): Summary {
  const problem = h("p", { class: "error", role: "alert" });
  const body = h("div", { class: "order" });
  const root = h("div", {}, body, problem);
  const order = async (change: object) => onChange(await ask<CheckoutState>(path("order"), change));
  const attempt = (change: object) => {
    problem.textContent = "";
    order(change).catch((refusal) => {
      problem.textContent = messageOf(refusal);
    });
  };
  const show = (state: CheckoutState) => redraw(body, ...partsOf(state, order, attempt));
  show(first);
  return { root, show };
}

type Order = (change: object) => Promise<void>;

function partsOf(state: CheckoutState, order: Order, attempt: (change: object) => void): HTMLElement[] {
  if (state.mode === "setup")
    return [
      h("h1", {}, "Save your card"),
      h("p", { class: "note" }, `${state.merchant} keeps it for later payments.`),
    ];
  const due = state.due ?? 0;
  return [
    h("h1", {}, state.mode === "subscription" ? `Subscribe to ${namesOf(state)}` : `Pay ${state.merchant}`),
    h("p", { class: "big amount" }, money(due, state)),
    ...state.terms.map((sentence) => h("p", { class: "note" }, sentence)),
    h("div", { class: "card" }, ...state.lines.map((line) => lineOf(line, state, attempt))),
    ...state.offers.map((offer) =>
      h(
        "div",
        { class: "card" },
        h(
          "div",
          { class: "line" },
          h(
            "div",
            {},
            h("h3", {}, offer.name),
            offer.note ? h("p", { class: "note" }, offer.note) : undefined,
          ),
          h("span", { class: "amount" }, money(offer.amount, state)),
          h(
            "div",
            { class: "actions" },
            button(`Add ${offer.name}`, () => attempt({ optional_items: [{ price: offer.price }] }), "quiet"),
          ),
        ),
      ),
    ),
    ...(state.promotion.allowed ? [promotion(state, order, attempt)] : []),
    totals([
      ...state.totals.map(({ label, amount }) => ({ label, value: money(amount, state) })),
      { label: "Due today", value: money(due, state), strong: true },
    ]),
  ];
}

function namesOf({ lines }: CheckoutState): string {
  const [first] = lines;
  return lines.length === 1 && first ? first.name : "your plan";
}

function lineOf(line: CheckoutLine, state: CheckoutState, attempt: (change: object) => void): HTMLElement {
  const name = line.quantity !== null && line.quantity !== 1 ? `${line.name} × ${line.quantity}` : line.name;
  const controls = [quantityOf(line, attempt), removal(line, attempt)].filter((node) => node !== undefined);
  return h(
    "div",
    { class: "line" },
    h("div", {}, h("h3", {}, name), line.note ? h("p", { class: "note" }, line.note) : undefined),
    h("span", { class: "amount" }, money(line.amount, state)),
    controls.length > 0 ? h("div", { class: "actions" }, ...controls) : undefined,
  );
}

function quantityOf(line: CheckoutLine, attempt: (change: object) => void): HTMLElement | undefined {
  if (!line.range) return undefined;
  const input = h("input", {
    type: "number",
    inputmode: "numeric",
    min: String(line.range.minimum),
    max: String(line.range.maximum),
    value: String(line.quantity ?? 0),
    "data-key": `quantity:${line.id}`,
    onchange: () => attempt({ quantities: { [line.id]: Number(input.value) } }),
  });
  return field("Quantity", input);
}

function removal(line: CheckoutLine, attempt: (change: object) => void): HTMLElement | undefined {
  if (!line.removable) return undefined;
  return button(`Remove ${line.name}`, () => attempt({ quantities: { [line.id]: 0 } }), "quiet");
}

function promotion(state: CheckoutState, order: Order, attempt: (change: object) => void): HTMLElement {
  if (state.promotion.code)
    return h(
      "div",
      { class: "actions" },
      h("span", { class: "state good" }, state.promotion.code),
      button("Remove code", () => attempt({ promotion_code: null }), "quiet"),
    );
  const input = h("input", {
    type: "text",
    autocomplete: "off",
    autocapitalize: "characters",
    spellcheck: "false",
  });
  return workForm(
    { submit: "Apply", kind: "quiet" },
    () => {
      if (!input.value.trim()) throw new Error("Enter a code first.");
      return order({ promotion_code: input.value });
    },
    h("div", { class: "fields" }, field("Promotion code", input)),
  );
}
