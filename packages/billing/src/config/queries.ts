import type { RequestCtx } from "../trpc/procedures";
import type { BrowserConfig } from "./schemas";

export function browserConfig({ browser }: RequestCtx): BrowserConfig {
  return { ...browser, sandbox: browser.stripeJsUrl !== null };
}
