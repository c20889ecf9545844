import { type DestinationStream, type Logger, pino } from "pino";
import { redact, redactText } from "./redact";

/** One JSON object per line, redacted as a whole: fields, errors and messages. */
export function openLog(level: string, destination?: DestinationStream): Logger {
  return pino(
    {
      level,
      base: { process: "api" },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: {
        level: (label) => ({ level: label }),
        log: (fields) => redact(fields) as Record<string, unknown>,
      },
      serializers: { err: (error) => error },
      hooks: {
        logMethod(args, method) {
          const [fields, message, ...rest] = args as [object, string | undefined];
          method.apply(this, [fields, message && redactText(message), ...rest] as Parameters<typeof method>);
        },
      },
    },
    destination ?? pino.destination({ dest: 1, sync: true }),
  );
}
