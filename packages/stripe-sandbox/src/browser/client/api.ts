import { encodeForm, type FormParams } from "./form-encoding";
import type { StripeError } from "./stripe-types";

export type Result<T> = { value: T; error?: undefined } | { error: StripeError; value?: undefined };

export interface Api {
  get<T>(path: string, params: FormParams): Promise<Result<T>>;
  post<T>(path: string, params: FormParams): Promise<Result<T>>;
}

export interface ApiOptions {
  baseUrl: string;
  publishableKey: string;
  stripeAccount?: string | undefined;
}

export function createApi(options: ApiOptions): Api {
  const headers: Record<string, string> = { Authorization: `Bearer ${options.publishableKey}` };
  if (options.stripeAccount) headers["Stripe-Account"] = options.stripeAccount;
  return {
    get: (path, params) => send(`${options.baseUrl}${path}?${encodeForm(params)}`, { headers }),
    post: (path, params) =>
      send(`${options.baseUrl}${path}`, {
        method: "POST",
        headers: { ...headers, "Content-Type": "application/x-www-form-urlencoded" },
        body: encodeForm(params),
        // A confirmation must reach the server even when the page is leaving.
        keepalive: true,
      }),
  };
}

async function send<T>(url: string, init: RequestInit): Promise<Result<T>> {
  let response: Response;
  try {
    response = await fetch(url, { ...init, credentials: "omit", referrerPolicy: "no-referrer" });
  } catch {
    return { error: connectionError() };
  }
  const body: unknown = await response.json().catch(() => undefined);
  if (response.ok && body !== undefined) return { value: body as T };
  return { error: errorIn(body) ?? unreadableAnswer(response.status) };
}

export function connectionError(): StripeError {
  return {
    type: "api_connection_error",
    message: "We could not reach Stripe. Check your connection and try again.",
  };
}

function errorIn(body: unknown): StripeError | undefined {
  if (typeof body !== "object" || body === null || !("error" in body)) return undefined;
  const { error } = body;
  return typeof error === "object" && error !== null ? (error as StripeError) : undefined;
}

function unreadableAnswer(status: number): StripeError {
  return { type: "api_error", message: `Stripe answered with status ${status} and no readable error.` };
}
