export type Json = Record<string, unknown>;

/** The console is a page of the sandbox, so its controls answer it without a key. */
export async function read<T>(path: string): Promise<T> {
  return answerOf<T>(await fetch(`/_sandbox/${path}`, { cache: "no-store" }));
}

export async function change<T = Json>(path: string, body: Json = {}, method = "POST"): Promise<T> {
  const headers = { "content-type": "application/json" };
  const sent = method === "DELETE" ? undefined : JSON.stringify(body);
  return answerOf<T>(await fetch(`/_sandbox/${path}`, { method, headers, ...(sent && { body: sent }) }));
}

/** What only Stripe's own API does. */
export async function callStripe(path: string, params: Record<string, string>): Promise<Json> {
  const headers = { authorization: "Bearer sk_test_console" };
  return answerOf(await fetch(path, { method: "POST", headers, body: new URLSearchParams(params) }));
}

async function answerOf<T>(response: Response): Promise<T> {
  const body = (await response.json()) as T & { error?: { message: string } };
  if (body.error) throw new Error(body.error.message);
  return body;
}
