import type { AuditEntry } from "../../lib/views";
import { capitalized, wordsOf } from "../../lib/words";

/** What happened, as a short past sentence. The noun and verb of an action we do not know are shown as they are. */
const happened: Record<string, string> = {
  "customers.create": "Customer requested at Stripe",
  "customers.settled": "Customer created at Stripe",
  "customers.failed": "Customer could not be created at Stripe",
  "customers.update": "Customer details changed",
  "customers.deleted": "Customer deleted at Stripe",
  "customers.duplicate_found": "Second Stripe customer found",
  "subscriptions.create": "Subscription requested",
  "subscriptions.settled": "Subscription created",
  "subscriptions.failed": "Subscription refused",
  "subscriptions.status_changed": "Subscription changed its status",
  "subscriptions.cancel": "Cancellation requested",
  "subscriptions.cancel_settled": "Subscription canceled",
  "subscriptions.cancel_failed": "Cancellation refused",
  "subscriptions.duplicate_found": "Second live subscription found",
  "invoices.deleted": "Draft invoice deleted at Stripe",
  "refunds.create": "Refund requested",
  "refunds.settled": "Refund made",
  "refunds.failed": "Refund failed",
};

type Told = Pick<AuditEntry, "action" | "targetId" | "actor">;

export function happenedText(entry: Told, customerId: string): string {
  const known = toldApart(entry, customerId) ?? happened[entry.action];
  if (known) return known;
  const [noun = "", ...verb] = entry.action.split(".");
  if (verb.length === 0) return capitalized(wordsOf(noun));
  return `${capitalized(wordsOf(noun))}: ${wordsOf(verb.join(" "))}`;
}

/** One action, two events: our own customer or the one asked for at Stripe, a refund asked for or made by hand. */
function toldApart({ action, targetId, actor }: Told, customerId: string): string | undefined {
  if (action === "customers.create" && targetId === customerId) return "Signed up";
  if (action === "refunds.create" && actor.kind === "stripe") return "Refund made at Stripe";
  return undefined;
}

/** The invoice an entry is about, so that it can be opened from there. */
export function invoiceOf({
  targetType,
  targetId,
  after,
}: Pick<AuditEntry, "targetType" | "targetId" | "after">) {
  if (targetType === "invoice") return targetId;
  if (typeof after !== "object" || after === null || !("invoiceId" in after)) return undefined;
  return typeof after.invoiceId === "string" ? after.invoiceId : undefined;
}

const actorKinds: Record<string, string> = { staff: "staff", member: "customer", system: "automatic" };

export function actorText(actor: AuditEntry["actor"]): string {
  const kind = actorKinds[actor.kind] ?? wordsOf(actor.kind);
  const name = actor.name.trim();
  if (name === "" || name.toLowerCase() === kind) return capitalized(kind);
  return `${name} (${kind})`;
}

/** Stripe's reason words are written out; a note by a person stays as it was typed. */
export function reasonText(reason: string): string {
  return /^[a-z]+(_[a-z]+)*$/.test(reason) ? capitalized(wordsOf(reason)) : reason;
}
