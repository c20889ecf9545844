import type { CheckoutState } from "../../checkout-state";
import { h } from "../console/dom";
import { ask } from "../hosted/call";
import { authenticate, type CardForm, mountCardForm } from "../hosted/card-form";
import { chosen, workForm } from "../hosted/parts";
import { createBuyerFields } from "./buyer-fields";
import { savedChoice } from "./saved-cards";
import { money } from "./summary";
import { path } from "./where";

export interface Payment {
  root: HTMLElement;
  /** Once it is in the document, where the card form can find its place. */
  open(): void;
  show(state: CheckoutState): void;
}

interface After {
  /** Asks for the state again: a decline may have been the last thing before the session expired. */
  refresh(): Promise<void>;
  finish(): Promise<void>;
}

type Answer = { status: "complete" } | { status: "requires_action"; client_secret: string };

export function createPayment(first: CheckoutState, after: After): Payment {
  let state = first;
  let card: CardForm | undefined;
  const buyer = createBuyerFields(first);
  const cardPlace = h("div", { class: "cardForm" });
  const saved = savedChoice(first, { use: useCard, refresh: after.refresh });
  const paying = h("div", { class: "part" }, h("h2", {}, "Payment"), saved?.root, cardPlace);
  const form = workForm(
    { submit: first.button, kind: "wide" },
    () => submit().catch(afterRefusal),
    buyer.root,
    paying,
    buyer.agreements,
    first.notes.submit ? h("p", { class: "note" }, first.notes.submit) : undefined,
  );
  const root = h("div", { class: first.mode === "setup" ? "card part" : "card" }, form);
  if (first.notes.afterSubmit) root.append(h("p", { class: "note" }, first.notes.afterSubmit));

  function useCard(wanted: boolean): void {
    cardPlace.hidden = !wanted;
    buyer.forNewCard(wanted);
    if (!wanted || card || !cardPlace.isConnected) return;
    card = mountCardForm(cardPlace, { keeps: first.keepsCard, asksAddress: !first.asks.address });
  }

  function show(next: CheckoutState): void {
    state = next;
    paying.hidden = !next.asks.card;
    useCard(next.asks.card && chosenCard() === undefined);
    const label =
      next.mode === "setup" || !next.due ? next.button : `${next.button} ${money(next.due, next)}`;
    const submitButton = form.querySelector<HTMLButtonElement>("button[type=submit]");
    if (submitButton) submitButton.textContent = label;
  }

  function chosenCard(): string | undefined {
    const method = saved && chosen(paying, "card");
    return method === "new" ? undefined : method;
  }

  async function submit(): Promise<void> {
    const typed = buyer.read();
    const method = state.asks.card ? (chosenCard() ?? (await newCard())) : undefined;
    const answer = await ask<Answer>(path("confirm"), {
      ...typed,
      ...(method && { payment_method: method }),
    });
    if (answer.status === "requires_action") await authenticate(answer.client_secret);
    await after.finish();
  }

  function newCard(): Promise<string> {
    if (!card) throw new Error("The card form is not ready yet. Please try again.");
    return card.createMethod(buyer.billing());
  }

  async function afterRefusal(refusal: unknown): Promise<never> {
    await after.refresh().catch(() => undefined);
    throw refusal;
  }

  return { root, open: () => show(first), show };
}
