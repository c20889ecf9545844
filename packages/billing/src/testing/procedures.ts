import { TRPCError } from "@trpc/server";
import type { z } from "zod";
import { adminRouter } from "../trpc/admin-router";
import { customerRouter } from "../trpc/customer-router";
import type { RequestCtx } from "../trpc/procedures";

export type RouterName = "customer" | "admin";

export interface Procedure {
  router: RouterName;
  path: string;
  access: { anyone: true } | { member: string } | { staff: string } | undefined;
  type: "query" | "mutation" | "subscription";
  input: z.ZodObject | null;
  call(ctx: RequestCtx, input?: unknown): Promise<Outcome>;
}

/** What a caller would see; a stream that opened counts as an answer of null. */
export type Outcome = { ok: true; output: unknown } | { ok: false; code: string; error: TRPCError };

/** Every procedure there is, as the routers have it: a new one is tested without being named. */
export const everyProcedure: Procedure[] = [
  ...proceduresOf("customer", customerRouter),
  ...proceduresOf("admin", adminRouter),
];

function proceduresOf(router: RouterName, source: typeof customerRouter | typeof adminRouter): Procedure[] {
  const definitions = source._def.procedures as unknown as Record<string, { _def: Definition }>;
  return Object.entries(definitions).map(([path, { _def }]) => ({
    router,
    path,
    access: _def.meta?.access,
    type: _def.type,
    input: objectSchema(_def.inputs[0]),
    call: (ctx, input) => outcome(() => verbOf(source, ctx, path)(input)),
  }));
}

interface Definition {
  meta?: Pick<Procedure, "access">;
  type: Procedure["type"];
  inputs: z.ZodType[];
}

type Verb = (input: unknown) => unknown;

function verbOf(source: typeof customerRouter | typeof adminRouter, ctx: RequestCtx, path: string): Verb {
  const [noun = "", verb = ""] = path.split(".");
  const caller = source.createCaller(ctx) as unknown as Record<string, Record<string, Verb>>;
  const found = caller[noun]?.[verb];
  if (!found) throw new Error(`no procedure ${path}`);
  return found;
}

function objectSchema(schema: z.ZodType | undefined): z.ZodObject | null {
  if (!schema) return null;
  return ("unwrap" in schema ? (schema as z.ZodOptional).unwrap() : schema) as z.ZodObject;
}

async function outcome(call: () => unknown): Promise<Outcome> {
  try {
    const output = await call();
    if (typeof output !== "object" || output === null || !(Symbol.asyncIterator in output)) {
      return { ok: true, output };
    }
    await (output as AsyncGenerator).return(undefined);
    return { ok: true, output: null };
  } catch (error) {
    if (!(error instanceof TRPCError)) throw error;
    return { ok: false, code: error.code, error };
  }
}
