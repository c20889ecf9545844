import { betterAuth } from "better-auth";
import type { Billing } from "../context";
import { staffOfSession } from "../db/sql/sessions";
import { answerOnly } from "./answer";
import { authOptions } from "./auth-options";
import type { ResolveActor, SignIn, SignInOptions } from "./resolve-actor";
import { sessionTokenReader } from "./session-cookie";

const paths = ["sign-in/email", "sign-out", "get-session", "change-password"];

/** The console's sign-in, without a sign-up: staff are made by `createStaff`. */
export function staffSignIn(billing: Billing, options: SignInOptions): SignIn {
  const auth = betterAuth(authOptions(billing, "staff", options));
  const { basePath } = auth.options;
  return {
    basePath,
    handle: answerOnly({ log: billing.log, basePath, paths, handle: auth.handler }),
    resolveActor: staffActorResolver(billing, options),
  };
}

/** The role is read each time, so that taking it away works at once. */
export function staffActorResolver(
  { pool }: Pick<Billing, "pool">,
  options: Pick<SignInOptions, "origin" | "secret">,
): ResolveActor {
  const tokenIn = sessionTokenReader("staff", options);
  return async ({ headers }) => {
    const token = tokenIn(headers);
    const [staff] = token ? await staffOfSession(pool, [token]) : [];
    return staff ? { kind: "staff", ...staff } : null;
  };
}
