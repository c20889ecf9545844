import type { AdminRouter } from "@farebox/billing";
import { TRPCClientError, type TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";

export interface Call {
  path: string;
  input: unknown;
}

/** Answers by procedure path; throw `refusal(…)` for an error of the server, anything else for a lost answer. */
export type Answers = Record<string, (input: unknown) => unknown>;

/** Stands where the HTTP link stands, so that a screen runs its real queries and mutations. */
export function answeringLink(answers: Answers, calls: Call[]): TRPCLink<AdminRouter> {
  return () =>
    ({ op }) =>
      observable((observer) => {
        calls.push({ path: op.path, input: op.input });
        answer(answers, op.path, op.input).then(
          (data) => {
            observer.next({ result: { type: "data", data } });
            observer.complete();
          },
          (error: unknown) => observer.error(TRPCClientError.from(error as Error)),
        );
      });
}

async function answer(answers: Answers, path: string, input: unknown): Promise<unknown> {
  const known = answers[path];
  if (!known) throw new Error(`no answer for ${path}`);
  return known(input);
}

export function refusal(code: string, reason: string, message: string) {
  return new TRPCClientError<AdminRouter>(message, {
    result: {
      error: {
        code: -32603,
        message,
        data: {
          code: code as "CONFLICT",
          httpStatus: 400,
          path: "",
          reason,
          details: null,
          requestId: "req_1",
        },
      },
    },
  });
}
