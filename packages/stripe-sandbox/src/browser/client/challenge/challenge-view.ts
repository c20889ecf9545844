import { element } from "../frame/field";
import type { ElementsSession } from "../stripe-types";
import type { ChallengeText } from "./challenge-text";
import { formatAmount } from "./format-amount";

export interface ChallengeView {
  root: HTMLElement;
  describe(session: ElementsSession, locale: string): void;
  setBusy(busy: boolean): void;
  setError(message: string): void;
  setDone(): void;
  focus(): void;
}

const shield =
  '<svg aria-hidden="true" width="18" height="18" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2"><path d="M12 3 4 6v6c0 4.5 3.4 8 8 9 4.6-1 8-4.5 8-9V6z"/><path d="m8.5 12 2.5 2.5 4.5-5"/></svg>';

export function createChallengeView(
  text: ChallengeText,
  answer: (outcome: "complete" | "fail") => void,
): ChallengeView {
  const root = element("main", "Challenge");
  const bank = element("p", "Challenge-bank");
  const details = document.createElement("dl");
  const error = element("p", "Error");
  const done = element("p", "Challenge-done");
  const complete = button(text.complete, "Challenge-complete", () => answer("complete"));
  const fail = button(text.fail, "Challenge-fail", () => answer("fail"));
  bank.innerHTML = shield;
  bank.append("3D Secure");
  error.setAttribute("role", "alert");
  done.setAttribute("role", "status");
  root.append(
    bank,
    withText("h1", text.title),
    withText("p", text.question),
    details,
    complete,
    fail,
    error,
    done,
    withText("p", text.note, "Challenge-note"),
  );
  return {
    root,
    focus: () => complete.focus(),
    describe: (session, locale) => {
      details.replaceChildren(
        row(text.merchant, session.merchant ?? "Farebox"),
        row(text.amount, amountText(session, locale, text)),
        row(
          text.card,
          session.card ? `${cardName(session.card.brand)} •••• ${session.card.last4}` : text.unknownCard,
        ),
      );
    },
    setDone: () => {
      done.textContent = text.done;
    },
    setBusy: (busy) => {
      complete.disabled = busy;
      fail.disabled = busy;
    },
    setError: (message) => {
      error.textContent = message;
    },
  };
}

function amountText({ amount, currency }: ElementsSession, locale: string, text: ChallengeText): string {
  return typeof amount === "number" && currency ? formatAmount(amount, currency, locale) : text.saveCard;
}

function cardName(brand: string): string {
  return brand.charAt(0).toUpperCase() + brand.slice(1);
}

function row(name: string, value: string): HTMLElement {
  const line = document.createElement("div");
  line.append(withText("dt", name), withText("dd", value));
  return line;
}

function withText<Name extends keyof HTMLElementTagNameMap>(name: Name, text: string, className = "") {
  const node = element(name, className);
  node.textContent = text;
  return node;
}

function button(label: string, className: string, onClick: () => void): HTMLButtonElement {
  const node = withText("button", label, className);
  node.type = "button";
  node.addEventListener("click", onClick);
  return node;
}
