/** What Stripe.js does in the browser, with the publishable key: confirm an intent and answer the challenge. */
export interface PayAsOptions {
  sandboxUrl: string;
  publishableKey?: string;
  clientSecret: string;
  /** A test payment method of the sandbox, such as pm_card_visa. */
  paymentMethod?: string;
  challenge?: "complete" | "fail";
}

export interface ConfirmedIntent {
  id: string;
  status: string;
  error: { code: string | null; declineCode: string | null; message: string } | null;
}

interface IntentAnswer {
  id?: string;
  status?: string;
  error?: {
    code?: string;
    decline_code?: string;
    message: string;
    payment_intent?: IntentAnswer;
    setup_intent?: IntentAnswer;
  };
}

export async function payAs(options: PayAsOptions): Promise<ConfirmedIntent> {
  const {
    sandboxUrl,
    clientSecret,
    paymentMethod = "pm_card_visa",
    publishableKey = "pk_test_farebox",
  } = options;
  const id = clientSecret.slice(0, clientSecret.indexOf("_secret_"));
  const kind = id.startsWith("seti_") ? "setup_intents" : "payment_intents";
  const confirmed = await post(`${sandboxUrl}/v1/${kind}/${id}/confirm`, publishableKey, {
    client_secret: clientSecret,
    payment_method: paymentMethod,
    use_stripe_sdk: "true",
  });
  if (confirmed.status !== "requires_action" || !options.challenge) return outcome(id, confirmed);
  await post(`${sandboxUrl}/_sandbox/3ds/${id}`, publishableKey, {
    client_secret: clientSecret,
    outcome: options.challenge,
  });
  const response = await fetch(`${sandboxUrl}/v1/${kind}/${id}?client_secret=${clientSecret}`, {
    headers: { authorization: `Bearer ${publishableKey}` },
  });
  return outcome(id, (await response.json()) as IntentAnswer);
}

async function post(url: string, key: string, body: Record<string, string>): Promise<IntentAnswer> {
  const response = await fetch(url, {
    method: "POST",
    headers: { authorization: `Bearer ${key}` },
    body: new URLSearchParams(body),
  });
  return (await response.json()) as IntentAnswer;
}

function outcome(id: string, answer: IntentAnswer): ConfirmedIntent {
  const { error } = answer;
  const intent = error ? (error.payment_intent ?? error.setup_intent) : answer;
  return {
    id,
    status: intent?.status ?? "unknown",
    error: error
      ? { code: error.code ?? null, declineCode: error.decline_code ?? null, message: error.message }
      : null,
  };
}
