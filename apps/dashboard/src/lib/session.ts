import { queryClient } from "./query-client";

/** `reason` is better-auth's code; null where no answer arrived. */
export type SignInAnswer = { ok: true } | { ok: false; reason: string | null; message: string };

export interface SignUp {
  name: string;
  company?: string;
  email: string;
  password: string;
  /** The token of an invitation: the login joins that account instead of getting its own. */
  invitation?: string;
}

export const signIn = (input: { email: string; password: string }) => post("sign-in/email", input);

export const signUp = (input: SignUp) => post("sign-up/email", input);

export async function signOut(): Promise<SignInAnswer> {
  const answer = await post("sign-out", {});
  if (answer.ok) queryClient.clear();
  return answer;
}

async function post(path: string, body: object): Promise<SignInAnswer> {
  try {
    const response = await fetch(`/api/auth/member/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    if (response.ok) return { ok: true };
    const refusal = (await response.json().catch(() => ({}))) as { code?: string; message?: string };
    const unnamed = response.status === 429 ? "TOO_MANY_REQUESTS" : `HTTP_${response.status}`;
    return { ok: false, reason: refusal.code ?? unnamed, message: refusal.message ?? "" };
  } catch {
    return { ok: false, reason: null, message: "" };
  }
}
