export interface Refusal {
  message: string;
  code?: string;
}

/** What the page's own address answers; a refusal is thrown with the sentence meant for people. */
export async function ask<T>(path: string, body?: object): Promise<T> {
  const init: RequestInit = body
    ? { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) }
    : { cache: "no-store" };
  let response: Response;
  try {
    response = await fetch(path, { ...init, credentials: "same-origin" });
  } catch {
    throw new Error("The page could not be reached. Check your connection and try again.");
  }
  const answer = (await response.json().catch(() => ({}))) as T & { error?: Refusal };
  if (answer.error) throw new Error(answer.error.message);
  if (!response.ok) throw new Error("Something went wrong. Please try again.");
  return answer;
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
