import type { MemberRole } from "@farebox/billing";
import type { SignInAnswer } from "../../lib/session";

type Refusal = Extract<SignInAnswer, { ok: false }>;
export type AccountField = "name" | "email" | "password";

export interface AccountProblem {
  /** The field to fix; null when it concerns the form as a whole. */
  field: AccountField | null;
  message: string;
}

const problems: Record<string, AccountProblem> = {
  INVALID_EMAIL_OR_PASSWORD: {
    field: null,
    message: "This email and password do not belong together. Check both and try again.",
  },
  INVALID_EMAIL: { field: "email", message: "Enter an email address such as ana@example.com." },
  USER_ALREADY_EXISTS: { field: "email", message: "This email already has an account. Sign in instead." },
  USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL: {
    field: "email",
    message: "This email already has an account. Sign in instead.",
  },
  PASSWORD_TOO_SHORT: { field: "password", message: "Use at least 8 characters." },
  PASSWORD_TOO_LONG: { field: "password", message: "Use at most 128 characters." },
  TOO_MANY_REQUESTS: { field: null, message: "Too many attempts. Wait a minute, then try again." },
};

export function accountProblem({ reason, message }: Refusal): AccountProblem {
  if (reason === null) {
    return { field: null, message: "We could not reach the server. Check your connection and try again." };
  }
  const known = problems[reason];
  if (known) return known;
  return {
    field: null,
    message: message || "We could not complete this. Nothing was changed; please try again.",
  };
}

const looksLikeEmail = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** What can be said before asking the server; its answer decides. */
export function missingFields(
  input: { name?: string; email: string; password: string },
  minPassword: number,
) {
  const missing: Partial<Record<AccountField, string>> = {};
  if (input.name !== undefined && !input.name.trim()) missing.name = "Enter your name.";
  if (!looksLikeEmail.test(input.email.trim()))
    missing.email = "Enter an email address such as ana@example.com.";
  if (input.password.length === 0) missing.password = "Enter your password.";
  else if (input.password.length < minPassword) missing.password = `Use at least ${minPassword} characters.`;
  return missing;
}

/** Viewers read; the API refuses them in any case. */
export const mayPurchase = (role: MemberRole): boolean => role === "owner" || role === "billing";
