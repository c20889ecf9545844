import { IntegrationError } from "../integration-error";
import type { IntentKind } from "../stripe-types";

export interface IntentRef {
  kind: IntentKind;
  id: string;
  clientSecret: string;
  path: string;
}

export function readClientSecret(value: unknown, caller: string, expected?: IntentKind): IntentRef {
  const match =
    typeof value === "string" ? /^((pi|seti)_[A-Za-z0-9]+)_secret_[A-Za-z0-9]+$/.exec(value) : null;
  if (!match) {
    throw new IntegrationError(
      `Invalid value for ${caller}: value should be a client secret of the form \${id}_secret_\${secret}. You specified: ${String(value)}.`,
    );
  }
  const [clientSecret, id = "", prefix] = match;
  const kind = prefix === "pi" ? "payment_intent" : "setup_intent";
  if (expected && kind !== expected) {
    throw new IntegrationError(
      `${caller} needs the client secret of a ${expected}, and this is one of a ${kind}.`,
    );
  }
  return { kind, id, clientSecret, path: `/v1/${kind}s/${id}` };
}
