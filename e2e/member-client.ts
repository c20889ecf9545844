import type { CustomerOutputs } from "@farebox/billing";
import type { Person } from "./dashboard";
import type { Stack } from "./stack";

/** A signed-in browser without the browser: cookies, JSON, the same origin. */
export interface ApiClient {
  mutate<T>(procedure: string, input: unknown): Promise<T>;
  query<T>(procedure: string, input?: unknown): Promise<T>;
}

export type CreatedSubscription = CustomerOutputs["subscriptions"]["create"];

export async function memberClient(stack: Stack, person: Person): Promise<ApiClient> {
  const { name, email, password, company } = person;
  const cookie = await signIn(stack.dashboardUrl, "member/sign-up/email", { name, email, password, company });
  return apiClient(stack.dashboardUrl, "customer", cookie);
}

export async function staffClient(
  stack: Stack,
  login: { email: string; password: string },
): Promise<ApiClient> {
  const cookie = await signIn(stack.adminUrl, "staff/sign-in/email", login);
  return apiClient(stack.adminUrl, "admin", cookie);
}

async function signIn(origin: string, path: string, body: object): Promise<string> {
  const response = await fetch(`${origin}/api/auth/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", origin },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
}

function apiClient(origin: string, router: "customer" | "admin", cookie: string): ApiClient {
  async function ask<T>(url: string, init: RequestInit): Promise<T> {
    const response = await fetch(url, {
      ...init,
      headers: { "content-type": "application/json", origin, cookie },
      signal: AbortSignal.timeout(30_000),
    });
    const answer = (await response.json()) as { result?: { data: T }; error?: { message: string } };
    if (!answer.result) throw new Error(`${url} answered ${response.status}: ${answer.error?.message}`);
    return answer.result.data;
  }
  return {
    mutate: (procedure, input) =>
      ask(`${origin}/trpc/${router}/${procedure}`, { method: "POST", body: JSON.stringify(input) }),
    query: (procedure, input) => {
      const search = input === undefined ? "" : `?input=${encodeURIComponent(JSON.stringify(input))}`;
      return ask(`${origin}/trpc/${router}/${procedure}${search}`, { method: "GET" });
    },
  };
}
