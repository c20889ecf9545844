const secretKey =
  /^(authorization|cookie|set-cookie|password|newpassword|secret|token|api_?key|cvc|cvv|number|client_?secret)$/i;
const secretText = /\b([srp]k_(?:live|test)|rk_(?:live|test)|whsec)_\w{6,}|\b(postgres(?:ql)?:\/\/)[^\s"]*@/g;
const digitRun = /(?<![\w.])\d(?:[ -]?\d){12,18}(?![\w.])/g;
const deepest = 6;

/** A copy without passwords, cookies, keys and anything that could be a card number. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === "string") return redactText(value);
  if (typeof value !== "object" || value === null) return value;
  if (depth >= deepest) return "[deep]";
  if (value instanceof Error) return redactError(value, depth);
  if (Array.isArray(value)) return value.map((part) => redact(part, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [
      key,
      secretKey.test(key) && part ? "[redacted]" : redact(part, depth + 1),
    ]),
  );
}

/** Line breaks stay escaped by JSON, so a value cannot pretend to be a second entry. */
export function redactText(text: string): string {
  return text
    .replace(secretText, (_found, key, database) => (key ? `${key}_[redacted]` : `${database}[redacted]@`))
    .replace(digitRun, (digits) => (passesLuhn(digits) ? "[redacted]" : digits));
}

function redactError(error: Error, depth: number): unknown {
  const { name, message, stack, cause } = error;
  const code = (error as { code?: unknown }).code;
  return {
    name,
    message: redactText(message),
    ...(code === undefined ? {} : { code }),
    ...(stack ? { stack: redactText(stack) } : {}),
    ...(cause === undefined ? {} : { cause: redact(cause, depth + 1) }),
  };
}

function passesLuhn(text: string): boolean {
  const digits = text.replace(/\D/g, "");
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 1 : 2);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}
