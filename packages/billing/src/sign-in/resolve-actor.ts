import type { Actor } from "../context";

/** Who sends this request, or nobody. A host application with its own sign-in brings its own. */
export type ResolveActor = (request: Request) => Promise<Actor | null>;

/** What a server needs of one kind of sign-in. */
export interface SignIn {
  /** Where its requests arrive, such as /api/auth/member. */
  basePath: string;
  handle(request: Request): Promise<Response>;
  resolveActor: ResolveActor;
}

export interface SignInOptions {
  /** At least 32 characters; sessions end when it changes. */
  secret: string;
  /** Where browsers see the application; https makes the cookies Secure. */
  origin: string;
  trustedOrigins?: string[];
  limits?: SignInLimits;
}

export interface SignInLimits {
  /** Sign-ins and sign-ups per minute from one address. */
  perAddress: number;
  /** Failed sign-ins in a quarter of an hour for one email from one address. */
  failures: number;
}

/**
 * Holds the caller's address. The server must overwrite it with what it sees itself: whatever a client sends here
 * would be believed.
 */
export const clientAddressHeader = "x-farebox-client-address";
