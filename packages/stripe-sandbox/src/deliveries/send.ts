import type { Destination } from "./destinations";
import { signatureHeader } from "./signature";

export interface Result {
  status: number | null;
  error: string | null;
  answer: string;
  durationMs: number;
}

const longestAnswer = 4096;

/** One attempt. The body is the same in each, the signature is new. */
export async function send(
  body: string,
  { url, secrets }: Destination,
  signal: AbortSignal,
): Promise<Result> {
  const started = performance.now();
  const durationMs = () => Math.round(performance.now() - started);
  try {
    const response = await fetch(url, {
      method: "POST",
      body,
      redirect: "manual",
      signal,
      headers: {
        "content-type": "application/json; charset=utf-8",
        "user-agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
        "stripe-signature": signatureHeader(body, secrets, Math.floor(Date.now() / 1000)),
      },
    });
    const error = response.ok ? null : `The endpoint answered ${response.status}`;
    return { status: response.status, error, answer: await readAnswer(response), durationMs: durationMs() };
  } catch (cause) {
    const error = cause instanceof Error ? cause.message : String(cause);
    return { status: null, error, answer: "", durationMs: durationMs() };
  }
}

/** The status decides; the beginning of the answer is kept for whoever looks for the reason. */
async function readAnswer({ body }: Response): Promise<string> {
  if (!body) return "";
  const decoder = new TextDecoder();
  let text = "";
  try {
    for await (const chunk of body) {
      text += decoder.decode(chunk, { stream: true });
      if (text.length >= longestAnswer) break;
    }
  } catch {
    return text;
  }
  return text.slice(0, longestAnswer);
}
