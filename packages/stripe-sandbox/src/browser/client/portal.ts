import type { NextState, PortalState } from "../portal-state";
import { h } from "./console/dom";
import { ask, messageOf } from "./hosted/call";
import { actFor } from "./hosted/card-form";
import { workForm } from "./hosted/parts";
import { cancelView } from "./portal/cancel";
import { changeView, confirmView } from "./portal/change";
import { customerView } from "./portal/details";
import { homeView } from "./portal/home";
import { cardView } from "./portal/new-card";
import type { Place, Portal } from "./portal/page";
import { pauseView } from "./portal/pause";

const address = location.pathname;
const main = h("main", { class: "page", id: "main", tabindex: "-1" });
let said = "";

const views = {
  home: homeView,
  cancel: cancelView,
  change: changeView,
  confirm: confirmView,
  pause: pauseView,
  customer: customerView,
  card: cardView,
};

async function load(): Promise<void> {
  try {
    const state = await ask<PortalState>(`${address}/state`);
    actFor(state.account);
    if (state.next && state.next.type !== "portal_homepage") return finish(state, state.next);
    show(state, placeOf(state));
  } catch (error) {
    showExpired(messageOf(error));
  }
}

/** A flow begins where it leads; without one, at home. */
function placeOf({ flow }: PortalState): Place {
  const subscription = flow?.subscription ?? undefined;
  const starts: Record<string, Place> = {
    customer_update: { view: "customer" },
    payment_method_update: { view: "card" },
    subscription_cancel: { view: "cancel", subscription },
    subscription_pause: { view: "pause", subscription },
    subscription_update: { view: "change", subscription },
    subscription_update_confirm: { view: "confirm", subscription },
  };
  return (flow && starts[flow.type]) || { view: "home" };
}

function show(state: PortalState, place: Place): void {
  const portal: Portal = {
    state,
    act: async (action, given = {}) => {
      const { result, next } = await ask<{ result: Record<string, unknown>; next: NextState | null }>(
        `${address}/${action}`,
        given,
      );
      return { result, next };
    },
    go: (to) => show(state, to),
    done: async (message, next) => {
      if (next && next.type !== "portal_homepage") return finish(state, next);
      said = message;
      await load();
    },
  };
  const inFlow = state.flow !== null;
  main.replaceChildren(
    h(
      "header",
      { class: "top" },
      h("p", { class: "brand" }, state.merchant),
      state.return_url ? h("a", { href: state.return_url }, `Return to ${state.merchant}`) : undefined,
    ),
    h("p", { class: "said", role: "status" }, said),
    views[place.view](portal, place, inFlow),
    footer(state),
  );
  said = "";
  main.focus({ preventScroll: true });
  scrollTo(0, 0);
}

function footer({ profile }: PortalState): HTMLElement {
  const link = (url: string | null, label: string) => (url ? h("a", { href: url }, label) : undefined);
  return h(
    "footer",
    { class: "foot" },
    link(profile.terms_of_service_url, "Terms"),
    link(profile.privacy_policy_url, "Privacy"),
    h("span", {}, "A page of the local sandbox. No real money moves."),
  );
}

function finish(state: PortalState, next: NextState): void {
  if (next.url) {
    location.replace(next.url);
    return;
  }
  main.replaceChildren(
    h("p", { class: "brand top" }, state.merchant),
    h(
      "div",
      { class: "card" },
      h("h1", {}, "All done"),
      h("p", {}, next.message ?? "Your changes were saved."),
      state.return_url
        ? h(
            "p",
            { class: "actions" },
            h("a", { class: "button", href: state.return_url }, `Return to ${state.merchant}`),
          )
        : undefined,
    ),
  );
}

function showExpired(message: string): void {
  const isLogin = address.startsWith("/p/login/");
  const email = h("input", { type: "email", id: "email", autocomplete: "email", required: true });
  const logIn = workForm(
    { submit: "Continue" },
    async () => {
      const { url } = await ask<{ url?: string }>(isLogin ? address : `${address}/log_in`, {
        email: email.value,
      });
      if (url) location.assign(new URL(url).pathname);
      else await load();
    },
    h("div", { class: "fields" }, h("p", { class: "field" }, h("label", { for: "email" }, "Email"), email)),
  );
  main.replaceChildren(
    h(
      "div",
      { class: "card" },
      h("h1", {}, isLogin ? "Manage your billing" : "This page cannot be opened"),
      h("p", {}, isLogin ? "Enter the email address you subscribed with." : message),
      isLogin || canLogIn(message) ? logIn : undefined,
    ),
  );
}

/** The server says in its refusal when logging in brings the session back. */
function canLogIn(message: string): boolean {
  return message.includes("Log in");
}

document.body.append(main);
if (address.startsWith("/p/login/")) showExpired("");
else void load();
