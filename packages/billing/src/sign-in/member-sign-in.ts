import { betterAuth } from "better-auth";
import type { Billing } from "../context";
import { memberOfSession } from "../db/sql/sessions";
import { joinAccount } from "../invitations/accept";
import { ensureOwner, type SignedUp } from "../members/ensure-owner";
import { answerOnly } from "./answer";
import { authOptions } from "./auth-options";
import type { ResolveActor, SignIn, SignInOptions } from "./resolve-actor";
import { sessionTokenReader } from "./session-cookie";

const paths = ["sign-up/email", "sign-in/email", "sign-out", "get-session", "change-password"];

/** The dashboard's sign-in. Whoever signs up gets a customer, their own or the one they were invited to. */
export function memberSignIn(billing: Billing, options: SignInOptions): SignIn {
  const auth = betterAuth({
    ...authOptions(billing, "member", options),
    databaseHooks: {
      user: {
        create: {
          // A failure here is healed when the session is first used, so it must not turn the sign-up into an error.
          after: async ({ id, name, email }, context) => {
            await firstMembership(billing, { id, name, email }, context?.body).catch((error) =>
              billing.log.error({ err: error, loginId: id }, "a new login has no customer yet"),
            );
          },
        },
      },
    },
  });
  const { basePath } = auth.options;
  return {
    basePath,
    handle: answerOnly({ log: billing.log, basePath, paths, handle: auth.handler }),
    resolveActor: memberActorResolver(billing, options),
  };
}

export function memberActorResolver(
  { db, pool }: Pick<Billing, "db" | "pool">,
  options: Pick<SignInOptions, "origin" | "secret">,
): ResolveActor {
  const tokenIn = sessionTokenReader("member", options);
  return async ({ headers }) => {
    const token = tokenIn(headers);
    const [found] = token ? await memberOfSession(pool, [token]) : [];
    if (!found) return null;
    const { customer_id: customerId, role, ...login } = found;
    const membership = customerId && role ? { customerId, role } : await ensureOwner(db, login);
    return { kind: "member", ...login, ...membership };
  };
}

/** Who comes by an invitation joins that account; everybody else gets one of their own. */
async function firstMembership(billing: Billing, login: SignedUp, body: unknown): Promise<void> {
  const token = (body as { invitation?: unknown } | undefined)?.invitation;
  if (typeof token === "string") await joinAccount(billing, login, token.slice(0, 200));
  else await ensureOwner(billing.db, login, companyOf(body));
}

function companyOf(body: unknown): string | undefined {
  const company = (body as { company?: unknown } | undefined)?.company;
  return typeof company === "string" ? company.slice(0, 200) : undefined;
}
