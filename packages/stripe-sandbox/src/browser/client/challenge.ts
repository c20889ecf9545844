import { type Api, createApi } from "./api";
import { browserLocale } from "./browser-locale";
import { challengeCss } from "./challenge/challenge-css";
import { challengeText } from "./challenge/challenge-text";
import { type ChallengeView, createChallengeView } from "./challenge/challenge-view";
import { variableOf } from "./frame/appearance";
import { createStylesheet, isDarkColor } from "./frame/stylesheet";
import { acceptPage, type FromChallenge, type ToChallenge } from "./frame-channel";
import { returnUrl } from "./return-url";
import type { ElementsSession, Intent } from "./stripe-types";

type Outcome = "complete" | "fail";

interface Host {
  settings: Omit<ToChallenge, "type">;
  /** After the server has the answer; what became of the intent comes with it. */
  answered: (view: ChallengeView, intent: Intent) => void;
  cancel: (() => void) | undefined;
}

const applyAppearance = createStylesheet(challengeCss);
const query = new URLSearchParams(location.search);
const clientSecret = query.get("client_secret") ?? "";
const intent = location.pathname.split("/").at(-1) ?? "";

if (window.parent !== window) {
  acceptPage((port) => {
    const post = (message: FromChallenge) => port.postMessage(message);
    port.onmessage = ({ data }: MessageEvent<ToChallenge>) =>
      start({
        settings: data,
        answered: () => post({ type: "answered" }),
        cancel: () => post({ type: "cancel" }),
      });
  });
} else {
  const settings = { publishableKey: "pk_test_challenge", locale: browserLocale(), appearance: {} };
  start({ settings, answered: leave, cancel: undefined });
}

async function start({ settings, answered, cancel }: Host): Promise<void> {
  const text = challengeText(settings.locale);
  const api = createApi({ ...settings, baseUrl: location.origin });
  applyAppearance(settings.appearance);
  document.documentElement.lang = settings.locale;
  document.title = text.title;
  const view = createChallengeView(text, async (outcome) => {
    view.setBusy(true);
    view.setError("");
    const { value, error } = await answer(api, outcome);
    if (value) return answered(view, value);
    view.setBusy(false);
    view.setError(error.message ?? text.failed);
  });
  const paleButton = !isDarkColor(variableOf(settings.appearance, "colorPrimary"));
  view.root.classList.toggle("Challenge--paleButton", paleButton);
  document.body.replaceChildren(view.root);
  view.focus();
  window.addEventListener("keydown", ({ key }) => key === "Escape" && cancel?.());
  const session = await api.get<ElementsSession>("/_sandbox/elements/session", {
    client_secret: clientSecret,
  });
  if (session.value) view.describe(session.value, settings.locale);
  else view.setError(session.error?.message ?? text.failed);
}

function answer(api: Api, outcome: Outcome) {
  return api.post<Intent>(`/_sandbox/3ds/${intent}`, { client_secret: clientSecret, outcome });
}

/** Opened as a page of its own, the challenge ends where the confirmation asked to return. */
function leave(view: ChallengeView, { status }: Intent): void {
  const address = query.get("return_url");
  if (!address || !URL.canParse(address)) {
    view.setDone();
    return;
  }
  const kind = intent.startsWith("seti_") ? "setup_intent" : "payment_intent";
  const url = returnUrl(address, { kind, id: intent, clientSecret }, status);
  if (url.protocol === "https:" || url.protocol === "http:") location.assign(url);
}
