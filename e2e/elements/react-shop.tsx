import {
  AddressElement,
  CardCvcElement,
  CardElement,
  CardExpiryElement,
  CardNumberElement,
  Elements,
  PaymentElement,
  useElements,
  useStripe,
} from "@stripe/react-stripe-js";
import { loadStripe } from "@stripe/stripe-js/pure";
import { type FormEvent, type ReactNode, StrictMode, useState } from "react";
import { createRoot } from "react-dom/client";

const query = new URLSearchParams(location.search);
const clientSecret = query.get("secret") ?? "";
const which = query.get("which");
// `window.Stripe` is there already, so this loads nothing.
const stripe = loadStripe("pk_test_farebox");

const shown: Record<string, ReactNode> = {
  payment: (
    <PaymentElement onReady={(element) => note("ready", typeof element.collapse)} onChange={noteChange} />
  ),
  address: (
    <>
      <AddressElement options={{ mode: "shipping" }} onChange={noteChange} />
      <PaymentElement onReady={() => note("ready", "payment")} />
    </>
  ),
  card: <CardElement onReady={() => note("ready", "card")} onChange={noteChange} />,
  parts: (
    <>
      <CardNumberElement onReady={() => note("ready", "number")} onChange={noteChange} />
      <CardExpiryElement />
      <CardCvcElement onReady={() => note("ready", "cvc")} />
    </>
  ),
};

function Shop() {
  const [theme, setTheme] = useState<"stripe" | "night">("stripe");
  const [open, setOpen] = useState(true);
  const cards = which === "card" || which === "parts";
  const options = { appearance: { theme }, ...(!cards && { clientSecret }) };
  return (
    <StrictMode>
      <button type="button" onClick={() => setTheme("night")}>
        Dark
      </button>
      <button type="button" onClick={() => setOpen(false)}>
        Close
      </button>
      {open ? (
        <Elements stripe={stripe} options={options}>
          <Form />
        </Elements>
      ) : (
        <p>Closed</p>
      )}
    </StrictMode>
  );
}

function Form() {
  const stripe = useStripe();
  const elements = useElements();
  const [outcome, setOutcome] = useState("");

  async function pay(event: FormEvent) {
    event.preventDefault();
    if (!stripe || !elements) return;
    const card = elements.getElement(CardElement) ?? elements.getElement(CardNumberElement);
    const { error, paymentIntent } = card
      ? await stripe.confirmCardPayment(clientSecret, { payment_method: { card } })
      : await stripe.confirmPayment({ elements, redirect: "if_required" });
    setOutcome(error?.message ?? paymentIntent?.status ?? "");
  }
  return (
    <form onSubmit={(event) => void pay(event)}>
      {shown[which ?? ""]}
      <button type="submit">Buy</button>
      <output>{outcome}</output>
    </form>
  );
}

function note(name: string, detail: string) {
  window.seen.push([name, { detail }]);
}

function noteChange(event: object) {
  window.seen.push(["change", { ...event }]);
}

createRoot(document.querySelector("#root") as HTMLElement).render(<Shop />);
