import { Banner } from "@farebox/ui/banner";
import { Button } from "@farebox/ui/button";
import { elementsAppearance } from "@farebox/ui/elements-appearance";
import { elementsFonts } from "@farebox/ui/elements-fonts";
import { ErrorState } from "@farebox/ui/error-state";
import { Skeleton, Skeletons } from "@farebox/ui/skeleton";
import { useTheme } from "@farebox/ui/theme";
import { Elements, PaymentElement, useElements, useStripe } from "@stripe/react-stripe-js";
import type { Stripe } from "@stripe/stripe-js";
import { type FormEvent, type ReactNode, useMemo, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { confirmIntent } from "./confirm-intent";
import type { Confirmable } from "./intent-status";

interface CardFormProps {
  stripe: Stripe;
  confirmation: Confirmable;
  submitLabel: string;
  /** Where a bank that takes over the whole page sends the customer back to. */
  returnUrl: string;
  /** Stripe is done with it; whether it is paid is for the database to say. */
  onConfirmed: () => void;
  /** The consequence, said before the button. */
  children: ReactNode;
}

export function CardForm({ stripe, ...form }: CardFormProps) {
  const { theme } = useTheme();
  const { clientSecret } = form.confirmation;
  const options = useMemo(
    () => ({
      clientSecret,
      appearance: elementsAppearance(theme),
      fonts: elementsFonts(),
      locale: "en" as const,
    }),
    [clientSecret, theme],
  );
  return (
    <Elements key={clientSecret} stripe={stripe} options={options}>
      <CardFields {...form} />
    </Elements>
  );
}

function CardFields({
  confirmation,
  submitLabel,
  returnUrl,
  onConfirmed,
  children,
}: Omit<CardFormProps, "stripe">) {
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
    const outcome = await confirmIntent(stripe, elements, confirmation.kind, returnUrl);
    working.current = false;
    if (outcome.confirmed) return onConfirmed();
    flushSync(() => {
      setPending(false);
      setProblem(outcome.inFields ? "Complete the fields marked above." : outcome.message);
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
