export type JumpTarget = { kind: "invoice"; invoiceId: string } | { kind: "search"; search: string };

/** A pasted invoice id, bare or at the end of a Stripe address, opens the invoice; all else searches customers. */
export function jumpTarget(text: string): JumpTarget {
  const typed = text.trim();
  const id = stripeId(typed) ?? typed;
  return /^in_\w+$/.test(id) ? { kind: "invoice", invoiceId: id } : { kind: "search", search: id };
}

function stripeId(text: string): string | undefined {
  const path = /^https:\/\/dashboard\.stripe\.com\/([^?#]+)/.exec(text)?.[1];
  return path?.split("/").findLast((part) => /^[a-z]+_\w+$/.test(part));
}
