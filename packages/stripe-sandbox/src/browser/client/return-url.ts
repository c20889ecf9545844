import type { IntentKind } from "./stripe-types";

/** Where the customer comes back after leaving the page. The status is a hint: the page retrieves the intent. */
export function returnUrl(
  address: string,
  intent: { kind: IntentKind; id: string; clientSecret: string },
  status: string,
): URL {
  const url = new URL(address);
  url.searchParams.set(intent.kind, intent.id);
  url.searchParams.set(`${intent.kind}_client_secret`, intent.clientSecret);
  url.searchParams.set("redirect_status", redirectStatus(status));
  return url;
}

function redirectStatus(status: string): string {
  if (status === "processing") return "pending";
  return status === "succeeded" || status === "requires_capture" ? "succeeded" : "failed";
}
