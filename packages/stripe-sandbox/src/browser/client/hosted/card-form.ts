import type { Appearance } from "../frame-channel";

interface StripeError {
  message?: string;
}
interface Element {
  mount(target: HTMLElement): void;
  destroy(): void;
  on(name: string, handler: (detail: { error?: StripeError }) => void): void;
}
interface Elements {
  create(kind: "payment", options?: object): Element;
  update(options: object): Promise<void>;
  submit(): Promise<{ error?: StripeError }>;
}
interface StripeJs {
  elements(options: object): Elements;
  createPaymentMethod(options: object): Promise<{ paymentMethod?: { id: string }; error?: StripeError }>;
  handleNextAction(options: { clientSecret: string }): Promise<{ error?: StripeError }>;
}

export interface CardForm {
  ready: Promise<void>;
  /** The card as a payment method of nobody yet; throws what the form or the bank's check says. */
  createMethod(billing?: object): Promise<string>;
  close(): void;
}

const publishableKey = "pk_test_hosted_page";
let account: string | null = null;

/** Whose page this is, when it is that of a connected account. */
export function actFor(connected: string | null): void {
  account = connected;
}

function stripeJs(): StripeJs {
  const make: unknown = Reflect.get(window, "Stripe");
  if (typeof make !== "function")
    throw new Error("The card form could not be loaded. Please reload the page.");
  return make(publishableKey, account ? { stripeAccount: account } : {}) as StripeJs;
}

/** The card fields in their frame, for a card that is kept (`setup`) or pays once. */
export function mountCardForm(
  container: HTMLElement,
  given: { keeps: boolean; asksAddress?: boolean },
): CardForm {
  const stripe = stripeJs();
  const mode = given.keeps ? { mode: "setup" } : { mode: "payment", amount: 0, currency: "usd" };
  const elements = stripe.elements({ ...mode, paymentMethodCreation: "manual", appearance: appearance() });
  const asked = given.asksAddress === false ? { fields: { billingDetails: { address: "never" } } } : {};
  const element = elements.create("payment", asked);
  const ready = new Promise<void>((resolve, reject) => {
    element.on("ready", () => resolve());
    element.on("loaderror", ({ error }) =>
      reject(new Error(error?.message ?? "The card form did not load.")),
    );
  });
  element.mount(container);
  const scheme = matchMedia("(prefers-color-scheme: dark)");
  const follow = () => void elements.update({ appearance: appearance() });
  scheme.addEventListener("change", follow);
  return {
    ready,
    async createMethod(billing) {
      await ready;
      const { error: refused } = await elements.submit();
      if (refused) throw new Error(refused.message);
      const params = billing ? { params: { billing_details: billing } } : {};
      const { paymentMethod, error } = await stripe.createPaymentMethod({ elements, ...params });
      if (!paymentMethod) throw new Error(error?.message ?? "The card was not accepted.");
      return paymentMethod.id;
    },
    close() {
      scheme.removeEventListener("change", follow);
      element.destroy();
    },
  };
}

/** Shows the bank's challenge; throws when it was failed or left. */
export async function authenticate(clientSecret: string): Promise<void> {
  const { error } = await stripeJs().handleNextAction({ clientSecret });
  if (error) throw new Error(error.message);
}

function appearance(): Appearance {
  const style = getComputedStyle(document.documentElement);
  const of = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    theme: matchMedia("(prefers-color-scheme: dark)").matches ? "night" : "stripe",
    variables: {
      colorPrimary: of("accent"),
      colorBackground: of("panel"),
      colorText: of("text"),
      colorTextSecondary: of("soft"),
      colorDanger: of("bad"),
      inputColorBorder: of("edge"),
      borderRadius: "8px",
      fontFamily: "system-ui, sans-serif",
    },
  };
}
