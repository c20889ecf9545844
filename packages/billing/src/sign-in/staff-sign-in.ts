import { betterAuth } from "better-auth";
import type { Billing } from "../context";
import { authOptions } from "./auth-options";
import { onlyThesePaths } from "./only-these-paths";
import type { ResolveActor, SignIn, SignInOptions } from "./resolve-actor";

const paths = ["sign-in/email", "sign-out", "get-session", "change-password"];

/** The console's sign-in, without a sign-up: staff are made by `createStaff`. */
export function staffSignIn(billing: Billing, options: SignInOptions): SignIn {
  const auth = openAuth(billing, options);
  const { basePath } = auth.options;
  return {
    basePath,
    handle: onlyThesePaths(basePath, paths, auth.handler),
    resolveActor: staffActorResolver(billing, auth),
  };
}

/** The role is read each time, so that taking it away works at once. */
export function staffActorResolver(
  { db }: Pick<Billing, "db">,
  auth: ReturnType<typeof openAuth>,
): ResolveActor {
  return async ({ headers }) => {
    if (!headers.has("cookie")) return null;
    const found = await auth.api.getSession({ headers, query: { disableRefresh: true } });
    const staff =
      found &&
      (await db.staff.findUnique({
        where: { id: found.user.id },
        select: { id: true, name: true, email: true, role: true },
      }));
    return staff ? { kind: "staff", ...staff } : null;
  };
}

const openAuth = (billing: Billing, options: SignInOptions) =>
  betterAuth(authOptions(billing, "staff", options));
