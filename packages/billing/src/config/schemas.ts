/** What a page needs before it can load Stripe.js. */
export interface BrowserConfig {
  publishableKey: string;
  /** Set only where a local stand-in serves stripe.js. */
  stripeJsUrl: string | null;
  sandbox: boolean;
}
