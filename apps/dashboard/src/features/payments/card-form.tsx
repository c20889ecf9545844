import { Banner } from "@farebox/ui/banner";
import { Button } from "@farebox/ui/button";
import { elementsAppearance } from "@farebox/ui/elements-appearance";
import { elementsFonts } from "@farebox/ui/elements-fonts";
import { ErrorState } from "@farebox/ui/error-state";
import { Skeleton, Skeletons } from "@farebox/ui/skeleton";
import { useTheme } from "@farebox/ui/theme";
import { Elements, PaymentElement, useElements, useStripe } from "@stripe/react-stripe-js";
import type { Stripe, StripeElements } from "@stripe/stripe-js";
import { type FormEvent, type ReactNode, useMemo, useRef, useState } from "react";
import { flushSync } from "react-dom";
import type { ConfirmOutcome } from "./confirm-intent";

interface CardFormProps {
  stripe: Stripe;
  /** Of what is open at Stripe; null for what does not exist before it is asked for. */
  clientSecret: string | null;
  /** What will be asked for: a trial, or a card to keep. */
  deferred?: "subscription" | "setup";
  currency: string;
  submitLabel: string;
  confirm: (stripe: Stripe, elements: StripeElements) => Promise<ConfirmOutcome>;
  /** Stripe is done with it; whether it is paid is for the database to say. */
  onConfirmed: () => void;
  /** The consequence, said before the button. */
  children: ReactNode;
}

export function CardForm({
  stripe,
  clientSecret,
  deferred = "subscription",
  currency,
  ...form
}: CardFormProps) {
  const { theme } = useTheme();
  const options = useMemo(
    () => ({
      ...(clientSecret ? { clientSecret } : elementsMode(deferred, currency)),
      appearance: elementsAppearance(theme),
      fonts: elementsFonts(),
      locale: "en" as const,
    }),
    [clientSecret, deferred, currency, theme],
  );
  return (
    <Elements key={clientSecret ?? currency} stripe={stripe} options={options}>
      <CardFields {...form} />
    </Elements>
  );
}

const elementsMode = (deferred: "subscription" | "setup", currency: string) =>
  deferred === "setup"
    ? { mode: "setup" as const, currency }
    : { mode: "subscription" as const, amount: 0, currency };

function CardFields({
  submitLabel,
  confirm,
  onConfirmed,
  children,
}: Omit<CardFormProps, "stripe" | "clientSecret" | "deferred" | "currency">) {
  const stripe = useStripe();
  const elements = useElements();
  const alert = useRef<HTMLDivElement>(null);
  const working = useRef(false);
  const [fields, setFields] = useState<"loading" | "ready" | "failed">("loading");
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (!stripe || !elements || fields !== "ready" || working.current) return;
    working.current = true;
    setPending(true);
    setProblem(null);
    const outcome = await confirm(stripe, elements);
    working.current = false;
    if (outcome.confirmed) return onConfirmed();
    flushSync(() => {
      setPending(false);
      setProblem(outcome.inFields ? "Check the fields marked above." : outcome.message);
    });
    if (!outcome.inFields) alert.current?.focus();
  }

  if (fields === "failed") {
    return (
      <ErrorState
        title="We could not load the card form."
        unchanged="Nothing was charged."
        next="Check your connection and reload the page."
        action={<Button onClick={() => window.location.reload()}>Reload this page</Button>}
      />
    );
  }
  return (
    <form onSubmit={(event) => void submit(event)} className="grid gap-6">
      <div className="relative min-h-52">
        {fields === "loading" ? <FieldsSkeleton /> : null}
        <PaymentElement
          options={{ layout: "tabs" }}
          onReady={() => setFields("ready")}
          onLoadError={() => setFields("failed")}
        />
      </div>
      <div ref={alert} tabIndex={-1} className="rounded-lg empty:hidden">
        {problem ? <Banner role="alert" tone="danger" title={problem} /> : null}
      </div>
      {children}
      <Button type="submit" variant="primary" size="lg" pending={pending} disabled={fields !== "ready"}>
        {submitLabel}
      </Button>
    </form>
  );
}

function FieldsSkeleton() {
  return (
    <Skeletons label="Loading the card form" className="absolute inset-0 grid content-start gap-4">
      <Skeleton className="h-10" />
      <Skeleton className="h-10" />
      <Skeleton className="h-10 w-1/2" />
    </Skeletons>
  );
}
