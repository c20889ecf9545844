import type { CardView } from "@farebox/billing";

export interface ExpiryNote {
  tone: "warning" | "danger";
  text: string;
}

/** What the owner of a card should know about its date; null when there is nothing to do. */
export function expiryNote({ expiry, daysLeft }: Pick<CardView, "expiry" | "daysLeft">): ExpiryNote | null {
  if (expiry === "expired") return { tone: "danger", text: "Expired" };
  if (expiry === "expires_before_charge") return { tone: "warning", text: "Expires before the next charge" };
  if (expiry !== "expires_soon" || daysLeft === null) return null;
  return { tone: "warning", text: daysLeft <= 1 ? "Expires today" : `Expires in ${daysLeft} days` };
}
