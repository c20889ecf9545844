import { createHmac, timingSafeEqual } from "node:crypto";

/** How far the time of a signature may be from ours, either way. Not configurable: 0 would mean no check at all. */
export const toleranceSeconds = 300;

const scheme = "v1";
const headerShape = /^[\x20-\x7e]{1,4096}$/;

/**
 * Whether one of the secrets signed exactly these bytes, and when: as Stripe's library decides, but over the bytes
 * themselves and not over the text they decode to, and with the same limit for times that lie ahead.
 */
export function isSigned(
  body: Uint8Array,
  header: string,
  secrets: readonly string[],
  now = Date.now(),
): "signed" | "bad_signature" | "bad_timestamp" {
  const given = parse(header);
  if (!given) return "bad_signature";
  const signed = secrets.some(
    (secret) => secret.trim() && matches(given, digest(secret, given.seconds, body)),
  );
  if (!signed) return "bad_signature";
  const age = Math.floor(now / 1000) - given.seconds;
  return Math.abs(age) > toleranceSeconds ? "bad_timestamp" : "signed";
}

interface Given {
  seconds: number;
  signatures: string[];
}

/** Reads what Stripe's library reads: the last `t`, every `v1`, and nothing at all when one of those is empty. */
function parse(header: string): Given | null {
  if (!headerShape.test(header)) return null;
  let seconds = Number.NaN;
  const signatures: string[] = [];
  for (const item of header.split(",")) {
    const [name, value = ""] = item.split("=");
    if (name === "t") seconds = Number.parseInt(value, 10);
    if (name === scheme) signatures.push(value);
  }
  const complete = seconds >= 0 && signatures.length > 0 && !signatures.includes("");
  return complete ? { seconds, signatures } : null;
}

const digest = (secret: string, seconds: number, body: Uint8Array): Buffer =>
  Buffer.from(createHmac("sha256", secret).update(`${seconds}.`).update(body).digest("hex"));

/** Every signature is compared to its end, so that the time it takes says nothing about how much of one was right. */
function matches({ signatures }: Given, expected: Buffer): boolean {
  let found = false;
  for (const signature of signatures) {
    const offered = Buffer.from(signature);
    if (offered.length === expected.length && timingSafeEqual(offered, expected)) found = true;
  }
  return found;
}
