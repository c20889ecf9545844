export interface StripeSources {
  /** Set where a sandbox stands in for Stripe. */
  apiBase?: string | undefined;
  jsUrl?: string | undefined;
}

type Policy = Record<string, string[]>;

const self = "'self'";

const page: Policy = {
  defaultSrc: [self],
  scriptSrc: [self],
  // Dialogs and toasts add style elements at run time.
  styleSrc: [self, "'unsafe-inline'"],
  imgSrc: [self, "data:"],
  fontSrc: [self, "data:"],
  connectSrc: [self],
  objectSrc: ["'none'"],
  baseUri: ["'none'"],
  formAction: [self],
  frameAncestors: ["'none'"],
};

/** The dashboard takes cards, so Stripe's script and frames may be there, or the sandbox's, never both. */
export function dashboardPolicy({ apiBase, jsUrl }: StripeSources): Policy {
  const standIns = [...new Set([apiBase, jsUrl].flatMap((url) => (url ? [new URL(url).origin] : [])))];
  const scripts = standIns.length > 0 ? standIns : ["https://js.stripe.com", "https://*.js.stripe.com"];
  const frames = standIns.length > 0 ? standIns : [...scripts, "https://hooks.stripe.com"];
  return {
    ...page,
    scriptSrc: [self, ...scripts],
    frameSrc: frames,
    connectSrc: [self, ...(standIns.length > 0 ? standIns : ["https://api.stripe.com"])],
    imgSrc: [self, "data:", ...(standIns.length > 0 ? [] : ["https://*.stripe.com"])],
  };
}

/** The console never sees a card and frames nothing. */
export const adminPolicy: Policy = { ...page, frameSrc: ["'none'"] };

export const apiPolicy: Policy = { defaultSrc: ["'none'"], frameAncestors: ["'none'"] };
