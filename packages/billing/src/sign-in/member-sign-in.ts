import { betterAuth } from "better-auth";
import type { Billing } from "../context";
import { ensureOwner } from "../members/ensure-owner";
import { authOptions } from "./auth-options";
import { onlyThesePaths } from "./only-these-paths";
import type { ResolveActor, SignIn, SignInOptions } from "./resolve-actor";

const paths = ["sign-up/email", "sign-in/email", "sign-out", "get-session", "change-password"];

/** The dashboard's sign-in. Whoever signs up gets a customer of their own. */
export function memberSignIn(billing: Billing, options: SignInOptions): SignIn {
  const auth = openAuth(billing, options);
  const { basePath } = auth.options;
  return {
    basePath,
    handle: onlyThesePaths(basePath, paths, auth.handler),
    resolveActor: memberActorResolver(billing, auth),
  };
}

export function memberActorResolver(
  { db }: Pick<Billing, "db">,
  auth: ReturnType<typeof openAuth>,
): ResolveActor {
  return async ({ headers }) => {
    if (!headers.has("cookie")) return null;
    const found = await auth.api.getSession({ headers, query: { disableRefresh: true } });
    if (!found) return null;
    const { id, name, email } = found.user;
    return { kind: "member", id, name, email, ...(await ensureOwner(db, { id, name, email })) };
  };
}

function openAuth(billing: Billing, options: SignInOptions) {
  return betterAuth({
    ...authOptions(billing, "member", options),
    databaseHooks: {
      user: {
        create: {
          // A failure here is healed when the session is first used, so it must not turn the sign-up into an error.
          after: async ({ id, name, email }, context) => {
            await ensureOwner(billing.db, { id, name, email }, companyOf(context?.body)).catch((error) =>
              billing.log.error({ err: error, loginId: id }, "a new login has no customer yet"),
            );
          },
        },
      },
    },
  });
}

function companyOf(body: unknown): string | undefined {
  const company = (body as { company?: unknown } | undefined)?.company;
  return typeof company === "string" ? company.slice(0, 200) : undefined;
}
