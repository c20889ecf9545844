import { type Logger, pino } from "pino";

const secretText = /\b([srp]k_(?:live|test)|whsec)_\w{6,}|\b(postgres(?:ql)?:\/\/)[^\s"]*@/g;

/** One JSON object per line; keys and passwords that an error quotes are cut out. */
export const openLog = (level: string): Logger =>
  pino(
    {
      level,
      base: { process: "webhooks" },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: describeError },
    },
    pino.destination({ dest: 1, sync: true }),
  );

export const redactText = (text: string): string =>
  text.replace(secretText, (_found, key, database) => (key ? `${key}_[redacted]` : `${database}[redacted]@`));

function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return redactText(String(error));
  const { name, message, stack, cause } = error;
  const { code } = error as { code?: unknown };
  return {
    name,
    message: redactText(message),
    ...(code === undefined ? {} : { code }),
    ...(stack ? { stack: redactText(stack) } : {}),
    ...(cause === undefined ? {} : { cause: describeError(cause) }),
  };
}
