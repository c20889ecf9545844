export type SignInResult = { ok: true } | { ok: false; message: string };

const base = "/api/auth/staff";

export async function signIn(email: string, password: string): Promise<SignInResult> {
  const response = await post("/sign-in/email", { email, password });
  if (!response) return refused("The server did not answer. Check your connection and try again.");
  if (response.ok) return { ok: true };
  if (response.status === 429) return refused("Too many tries. Wait a minute, then try again.");
  if (response.status < 500) return refused("This email and password do not belong together.");
  return refused("Sign-in is not available right now. Try again in a minute.");
}

/** True once the session is gone, also when it had ended before. */
export async function signOut(): Promise<boolean> {
  const response = await post("/sign-out", {});
  return response !== null && response.status < 500;
}

async function post(path: string, body: unknown): Promise<Response | null> {
  try {
    return await fetch(`${base}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  } catch {
    return null;
  }
}

const refused = (message: string): SignInResult => ({ ok: false, message });
